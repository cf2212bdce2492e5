import type { DeliveryStore } from '@ringback/sender'
import { createStoreClock } from '@ringback/sender/store'
import { createDeliveryTables, migrate } from '@ringback/store-sqlite/sql'
import { createObjectDriver } from './object-driver.ts'
import type { ObjectStorage } from './object-storage.ts'
import { createShardCheck } from './shard-count.ts'
import type { ObjectEndpoints } from './store-call.ts'

/** The store inside an object. */
export interface ObjectStore extends DeliveryStore {
  readonly endpoints: ObjectEndpoints
  /** Ends all leases: an earlier incarnation of this object held them, and is gone. */
  endLeases(): void
  /** Writes the counts of the last second, which would be lost with this incarnation. */
  writeCounts(): void
  /** Milliseconds until something is due, or a lease or an expiry ends; `undefined` when nothing waits for a time. */
  nextIn(): number | undefined
  /** Compares the number of objects with that of before. @throws {DurableObjectError} with `shards` */
  checkShards(shards: number): void
}

/** Opens the store in the storage of an object. */
export function openObjectStore(
  storage: ObjectStorage,
  system: { now(): number } = Date,
): ObjectStore {
  const driver = createObjectDriver(storage)
  migrate(driver, 'of this Durable Object')
  const tables = createDeliveryTables(driver, createStoreClock(system))
  // each change is a transaction; the runtime writes those of one turn together
  const { change } = tables

  return {
    enqueue: async (delivery, attempts) => change(() => tables.enqueue(delivery, attempts)),
    claim: async (options) => tables.claimNothing() ?? change(() => tables.claim(options)),
    commit: async (...commit) => change(() => tables.commit(...commit)),
    extend: async (...claim) => change(() => tables.extend(...claim)),
    cancel: async (id, scope = {}) => change(() => tables.cancel(id, scope)),
    redrive: async (id, scope = {}) => change(() => tables.redrive(id, scope)),
    find: async (id) => tables.find(id),
    query: async (filter = {}) => tables.query(filter),
    erase: async (options) => change(() => tables.erase(options)),
    keepExchange: async (exchange) => change(() => tables.keepExchange(exchange)),
    findExchange: async (place) => tables.findExchange(place),
    stats: async (filter) => tables.stats(filter),
    eraseExchanges: async (options) => change(() => tables.eraseExchanges(options)),
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
    endLeases: tables.endLeases,
    writeCounts: tables.writeCounts,
    nextIn() {
      // what waits to be counted is nothing that is due
      tables.writeCounts()
      const none = tables.claimNothing()
      return none === undefined ? 0 : none.nextIn
    },
    checkShards: createShardCheck(driver),
  }
}
