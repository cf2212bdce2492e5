import type { StoreClock } from '@ringback/sender/store'
import {
  createDeliveryTables,
  type DeliveryTables,
  type SqlDriver,
} from '@ringback/store-sqlite/sql'
import type { ObjectEndpoints } from './store-call.ts'

/** Opens all tables of an object, and the registered endpoints in them. */
export function openWithEndpoints(
  driver: SqlDriver,
  clock: StoreClock,
): { readonly tables: DeliveryTables; readonly endpoints: ObjectEndpoints } {
  const tables = createDeliveryTables(driver, clock)
  const { change } = tables
  return {
    tables,
    endpoints: {
      add: async (endpoint) => change(() => tables.endpoints.add(endpoint)),
      find: async (...given) => tables.endpoints.find(...given),
      query: async (filter) => tables.endpoints.query(filter),
      change: async (...given) => change(() => tables.endpoints.change(...given)),
      remove: async (...given) => change(() => tables.endpoints.remove(...given)),
      publish: async (...given) => change(() => tables.endpoints.publish(...given)),
      async tryPublish(message, patterns) {
        const { owner } = message
        if (tables.endpoints.query({ owner, limit: 1 }).length === 0) return undefined
        return change(() => tables.endpoints.publish(message, patterns))
      },
      callbacks: async (range) => tables.endpoints.callbacks(range),
      replay: async (given) => change(() => tables.endpoints.replay(given)),
    },
  }
}
