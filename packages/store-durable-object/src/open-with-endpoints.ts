import type { StoreClock } from '@ringback/sender/store'
import {
  createDeliveryTables,
  type DeliveryTables,
  type SqlDriver,
} from '@ringback/store-sqlite/sql'
import type { Changes } from './gather-changes.ts'
import type { ObjectEndpoints } from './store-call.ts'

/** All tables of an object, and how to make its registered endpoints. */
export interface OpenedTables {
  readonly tables: DeliveryTables
  readonly createEndpoints: (changes: Changes) => ObjectEndpoints
}

/** Opens all tables of an object, and the registered endpoints in them. */
export function openWithEndpoints(driver: SqlDriver, clock: StoreClock): OpenedTables {
  const tables = createDeliveryTables(driver, clock)
  const { endpoints } = tables
  return {
    tables,
    createEndpoints: ({ add }) => ({
      add: (endpoint) => add(() => endpoints.add(endpoint)),
      find: async (...given) => endpoints.find(...given),
      query: async (filter) => endpoints.query(filter),
      change: (...given) => add(() => endpoints.change(...given)),
      remove: (...given) => add(() => endpoints.remove(...given)),
      publish: (...given) => add(() => endpoints.publish(...given)),
      async tryPublish(message, patterns) {
        const { owner } = message
        if (endpoints.query({ owner, limit: 1 }).length === 0) return undefined
        return add(() => endpoints.publish(message, patterns))
      },
      callbacks: async (range) => endpoints.callbacks(range),
      replay: (given) => add(() => endpoints.replay(given)),
    }),
  }
}
