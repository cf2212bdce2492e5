import type { DeliveryStore, EnqueueResult, StoredDelivery } from '@ringback/sender'
import { createBatch } from './batch.ts'
import { prepareCancel } from './cancel.ts'
import { prepareClaim } from './claim.ts'
import { prepareCommit } from './commit.ts'
import { toStored } from './delivery-row.ts'
import { prepareEnqueue } from './enqueue.ts'
import { prepareEnqueueIn } from './enqueue-in.ts'
import { prepareErase } from './erase.ts'
import { translateErrors } from './errors.ts'
import { prepareExchanges } from './exchanges.ts'
import { prepareExtend } from './extend.ts'
import { prepareFindRow } from './find-row.ts'
import { type Durability, openDatabase } from './open-database.ts'
import { prepareQuery } from './query.ts'
import { prepareQueues } from './queues.ts'
import { prepareRedrive } from './redrive.ts'
import { prepareSweep } from './sweep.ts'

/** Options of a store in an SQLite file. */
export interface SqliteStoreOptions {
  /** `normal`, the default, survives a crash of the process; `full` a loss of power, too. */
  readonly durability?: Durability
  /** Milliseconds since the Unix epoch; by default the system's clock. */
  readonly clock?: { now(): number }
}

/** A store in an SQLite file. */
export interface SqliteStore extends DeliveryStore {
  /** Stores a delivery in a transaction that the application has begun on a connection of its own to the file. */
  enqueueIn(transaction: unknown, delivery: StoredDelivery): EnqueueResult
  /** Closes the file. Stop the sender first. */
  close(): void
}

/**
 * Keeps deliveries in one SQLite file. Creates the file and its folder where they do not exist.
 *
 * @example
 * const sender = createSender({ store: sqliteStore('data/callbacks.db'), secrets: [secret], fetch: guardedFetch() })
 *
 * @throws {StoreError} `open` when the file cannot be opened or is not a database, `newer` when a newer version of
 *   this package has written it
 */
export function sqliteStore(path: string, options: SqliteStoreOptions = {}): SqliteStore {
  const { durability = 'normal', clock = Date } = options
  const database = openDatabase(path, durability)
  const guard = <TResult>(work: () => TResult): TResult => translateErrors(path, work)
  const batch = createBatch(database, guard)
  const queues = prepareQueues(database)
  const enqueue = prepareEnqueue(database, queues)
  const claiming = prepareClaim(database, queues)
  const commit = prepareCommit(database, queues)
  const extend = prepareExtend(database)
  const sweep = prepareSweep(database, queues)
  const cancel = prepareCancel(database, queues)
  const redrive = prepareRedrive(database, queues)
  const findRow = prepareFindRow(database)
  const query = prepareQuery(database)
  const erase = prepareErase(database)
  const exchanges = prepareExchanges(database)
  let isClosed = false

  return {
    enqueue: (delivery, attempts = []) => batch.run(() => enqueue(delivery, attempts, clock.now())),
    enqueueIn: (transaction, delivery) =>
      guard(() => prepareEnqueueIn(transaction, path)(delivery, [], clock.now())),
    async claim(given) {
      // without a transaction while there is nothing to claim
      const none = batch.isWaiting() ? undefined : guard(() => claiming.claimNothing(clock.now()))
      return none ?? batch.runNow(() => claiming.claim(given, clock.now()))
    },
    commit: (claimed, transition, attempt) =>
      batch.run(() => commit(claimed, { transition, attempt, now: clock.now() })),
    extend: async (claimed, milliseconds) =>
      guard(() => extend(claimed, clock.now() + milliseconds)),
    sweep: async (limit) => guard(() => sweep(limit, clock.now())),
    cancel: async (id) => guard(() => cancel(id, clock.now())),
    redrive: async (id) => guard(() => redrive(id, clock.now())),
    async find(id) {
      const row = guard(() => findRow(id))
      return row && toStored(row)
    },
    query: async (filter = {}) => guard(() => query(filter, clock.now())),
    erase: async (erasure) => guard(() => erase(erasure, clock.now())),
    keepExchange: (exchange) => batch.run(() => exchanges.keep(exchange, clock.now())),
    findExchange: async (place) => guard(() => exchanges.find(place)),
    eraseExchanges: async (erasure) => guard(() => exchanges.erase(erasure)),
    close() {
      if (isClosed) return
      batch.flush()
      isClosed = true
      database.close()
    },
  }
}
