import type { DeliveryStore } from '@ringback/sender'
import { createStoreClock } from '@ringback/sender/store'
import { createCallbackTables, migrate } from '@ringback/store-sqlite/sql'
import { leftOutEndpoints } from './left-out-endpoints.ts'
import { createObjectDriver } from './object-driver.ts'
import type { ObjectStorage } from './object-storage.ts'
import { openWithEndpoints } from './open-with-endpoints.ts'
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

/** A bundler that defines it as `false` leaves out the code of webhooks and their endpoints. */
declare const __RINGBACK_WEBHOOKS__: boolean | undefined

/** Opens the store in the storage of an object. */
export function openObjectStore(
  storage: ObjectStorage,
  system: { now(): number } = Date,
): ObjectStore {
  const driver = createObjectDriver(storage)
  migrate(driver, 'of this Durable Object')
  const clock = createStoreClock(system)
  const { tables, endpoints } =
    typeof __RINGBACK_WEBHOOKS__ === 'undefined' || __RINGBACK_WEBHOOKS__
      ? openWithEndpoints(driver, clock)
      : { tables: createCallbackTables(driver, clock), endpoints: leftOutEndpoints() }
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
    health: async () => tables.health(),
    eraseExchanges: async (options) => change(() => tables.eraseExchanges(options)),
    endpoints,
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
