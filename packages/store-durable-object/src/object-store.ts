import type { DeliveryStore } from '@ringback/sender'
import { createStoreClock } from '@ringback/sender/store'
import { createCallbackTables, migrate } from '@ringback/store-sqlite/sql'
import { gatherChanges } from './gather-changes.ts'
import { leftOutEndpoints } from './left-out-endpoints.ts'
import { createObjectDriver } from './object-driver.ts'
import type { ObjectStorage } from './object-storage.ts'
import { openWithEndpoints } from './open-with-endpoints.ts'
import { createShardCheck } from './shard-count.ts'
import type { ObjectEndpoints } from './store-call.ts'

/** The store inside an object. */
export interface ObjectStore extends DeliveryStore {
  readonly endpoints: ObjectEndpoints
  /** Resolves when the changes that wait are made. */
  settle(): Promise<void>
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
  const { tables, createEndpoints } =
    typeof __RINGBACK_WEBHOOKS__ === 'undefined' || __RINGBACK_WEBHOOKS__
      ? openWithEndpoints(driver, clock)
      : { tables: createCallbackTables(driver, clock), createEndpoints: leftOutEndpoints }
  const changes = gatherChanges(tables.change)

  return {
    enqueue: (delivery, attempts) => changes.add(() => tables.enqueue(delivery, attempts)),
    async claim(options) {
      // without a transaction while there is nothing to claim
      const none = changes.isWaiting() ? undefined : tables.claimNothing()
      return none ?? changes.addNow(() => tables.claim(options))
    },
    commit: (...commit) => changes.add(() => tables.commit(...commit)),
    extend: (...claim) => changes.add(() => tables.extend(...claim)),
    cancel: (id, scope = {}) => changes.add(() => tables.cancel(id, scope)),
    redrive: (id, scope = {}) => changes.add(() => tables.redrive(id, scope)),
    find: async (id) => tables.find(id),
    query: async (filter = {}) => tables.query(filter),
    erase: (options) => changes.add(() => tables.erase(options)),
    keepExchange: (exchange) => changes.add(() => tables.keepExchange(exchange)),
    findExchange: async (place) => tables.findExchange(place),
    stats: async (filter) => tables.stats(filter),
    health: async () => tables.health(),
    eraseExchanges: (options) => changes.add(() => tables.eraseExchanges(options)),
    endpoints: createEndpoints(changes),
    settle: () => changes.add(() => {}),
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
