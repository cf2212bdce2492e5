import { setImmediate } from 'node:timers/promises'
import type {
  DeliveryFilter,
  DeliveryRecord,
  DeliveryStore,
  EnqueueResult,
  StoredDelivery,
} from '@ringback/sender'
import { createStoreClock } from '@ringback/sender/store'
import { checkArguments } from './check-arguments.ts'
import { StoreError, translateErrors } from './errors.ts'
import { createBatch } from './node/batch.ts'
import { prepareEnqueueIn } from './node/enqueue-in.ts'
import { createErasedBytes } from './node/erased-bytes.ts'
import { watchFile } from './node/file-watch.ts'
import { createLogCopier } from './node/log-copier.ts'
import { createNodeDriver } from './node/node-driver.ts'
import { type Durability, openDatabase } from './node/open-database.ts'
import { createDeliveryTables } from './sql/delivery-tables.ts'
import type { QueryPage } from './sql/query.ts'

// each row has several pages to overwrite, and nothing else happens meanwhile
const ERASING_TURN = 4
const MOST_ERASED = 100

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
 * @throws {StoreError} `option` for a wrong argument, `open` when the file cannot be opened or is not a database, `newer` when a newer version of
 *   this package has written it
 */
export function sqliteStore(path: string, options: SqliteStoreOptions = {}): SqliteStore {
  checkArguments(path, options)
  const { durability = 'normal', clock: system = Date } = options
  const database = openDatabase(path, durability)
  const driver = createNodeDriver(database)
  const clock = createStoreClock(system)
  const tables = createDeliveryTables(driver, clock)
  const guard = <TResult>(work: () => TResult): TResult => translateErrors(path, work)
  // the first transaction makes the log, whose file is then known
  guard(() => tables.change(() => {}))
  const check = watchFile(path)
  const logCopier = createLogCopier(path, driver)
  const batch = createBatch({
    check: () => logCopier.makeRoom(check()),
    transaction: (work) => guard(() => tables.change(work)),
  })
  const erasedBytes = createErasedBytes(logCopier)
  let isClosed = false
  let most = 16

  return {
    enqueue: (delivery, attempts) => batch.run(() => tables.enqueue(delivery, attempts)),
    enqueueIn: (transaction, delivery) =>
      guard(() => {
        check()
        const own = prepareEnqueueIn(transaction, { path, clock: system })
        const result = own.enqueue(delivery)
        own.settle()
        return result
      }),
    async claim(given) {
      check()
      // without a transaction while there is nothing to claim
      const none = batch.isWaiting() ? undefined : guard(() => tables.claimNothing())
      return none ?? batch.runNow(() => tables.claim(given))
    },
    commit: (...commit) => batch.run(() => tables.commit(...commit)),
    extend: (...claim) => batch.run(() => tables.extend(...claim)),
    cancel: (id, scope = {}) => batch.run(() => tables.cancel(id, scope)),
    redrive: (id, scope = {}) => batch.run(() => tables.redrive(id, scope)),
    find: async (id) => guard(() => tables.find(id)),
    async query(filter = {}) {
      const records: DeliveryRecord[] = []
      for (let rest: DeliveryFilter | undefined = filter; rest; ) {
        const selected: DeliveryFilter = rest
        const page: QueryPage = guard(() => tables.queryPage(selected))
        records.push(...page.records)
        rest = page.rest
        // a walk over very many holds up nothing else
        if (rest) await setImmediate()
      }
      return records
    },
    async erase(erasure) {
      const erased = await batch.run(() => {
        const before = performance.now()
        const count = tables.erase({ ...erasure, limit: Math.min(erasure.limit ?? most, most) })
        const isLong = performance.now() - before > ERASING_TURN
        most = Math.max(1, Math.min(MOST_ERASED, isLong ? Math.ceil(most / 2) : most + 4))
        return count
      })
      const isRetention = erasure.age !== undefined || erasure.beyond !== undefined
      if (erased > 0 && !isRetention) erasedBytes.erased()
      if (erased === 0) await erasedBytes.overwrite()
      return erased
    },
    keepExchange: (exchange) => batch.run(() => tables.keepExchange(exchange)),
    findExchange: async (place) => guard(() => tables.findExchange(place)),
    stats: async (filter) => guard(() => tables.stats(filter)),
    health: async () => guard(tables.health),
    async eraseExchanges(erasure) {
      const erased = await batch.run(() => tables.eraseExchanges(erasure))
      if (erased > 0 && erasure.age === undefined) erasedBytes.erased()
      if (erased === 0) await erasedBytes.overwrite()
      return erased
    },
    endpoints: {
      add: (endpoint) => batch.run(() => tables.endpoints.add(endpoint)),
      find: async (...given) => guard(() => tables.endpoints.find(...given)),
      query: async (filter) => guard(() => tables.endpoints.query(filter)),
      change: (...given) => batch.run(() => tables.endpoints.change(...given)),
      remove: (...given) => batch.run(() => tables.endpoints.remove(...given)),
      publish: (...given) => batch.run(() => tables.endpoints.publish(...given)),
      publishIn: (transaction, ...given) =>
        guard(() => {
          check()
          const own = prepareEnqueueIn(transaction, { path, clock: system })
          const result = own.endpoints.publish(...given)
          own.settle()
          return result
        }),
      callbacks: async (range) => guard(() => tables.endpoints.callbacks(range)),
      replay: (given) => batch.run(() => tables.endpoints.replay(given)),
    },
    close() {
      if (isClosed) return
      erasedBytes.close()
      batch.close(new StoreError('closed', `the delivery store '${path}' is closed`))
      isClosed = true
      try {
        tables.writeCounts()
      } catch {
        // the counts of the last second are lost, and nothing else
      }
      logCopier.close()
      database.close()
    },
  }
}
