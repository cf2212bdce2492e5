import { loadMemoryParts } from '#late'
import type { EndpointStore } from '../endpoint-store.ts'
import type { StoreClock } from '../store-clock.ts'
import type { Registry } from './registry.ts'
import type { Rows } from './rows.ts'

/** Makes the registered endpoints of a store in memory, whose code is loaded by the first call: most stores have none. */
export function createLateEndpoints(
  rows: Rows,
  registry: Registry,
  clock: StoreClock,
): EndpointStore {
  let loading: Promise<EndpointStore> | undefined
  const load = () => {
    loading ??= loadMemoryParts().then(({ createMemoryEndpoints }) =>
      createMemoryEndpoints(rows, registry, clock),
    )
    return loading
  }
  return {
    add: async (endpoint) => (await load()).add(endpoint),
    find: async (...given) => (await load()).find(...given),
    query: async (filter) => (await load()).query(filter),
    change: async (...given) => (await load()).change(...given),
    remove: async (...given) => (await load()).remove(...given),
    publish: async (...given) => (await load()).publish(...given),
    callbacks: async (range) => (await load()).callbacks(range),
    replay: async (options) => (await load()).replay(options),
  }
}
