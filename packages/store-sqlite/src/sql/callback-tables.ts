import type {
  CommitResult,
  Delivery,
  DeliveryFilter,
  DeliveryRecord,
  EnqueueResult,
  ExchangePlace,
  KeptExchange,
  StoredDelivery,
} from '@ringback/sender'
import type {
  Attempt,
  ClaimedDelivery,
  ClaimOptions,
  ClaimResult,
  DeliveryTransition,
  EraseExchangesOptions,
  EraseOptions,
  OwnerScope,
  StatsFilter,
  StoreClock,
  StoredStats,
  StoreHealth,
} from '@ringback/sender/store'
import { prepareCancel } from './cancel.ts'
import { prepareClaim } from './claim.ts'
import { type CommitTables, prepareCommit } from './commit.ts'
import { LATEST_TIME } from './damage.ts'
import { toStored } from './delivery-row.ts'
import { createEndpointRows } from './endpoint-rows.ts'
import { prepareEndpointTargets } from './endpoint-targets.ts'
import { prepareEnqueue } from './enqueue.ts'
import { prepareErase } from './erase.ts'
import { eraseExchanges, findExchange, keepExchange } from './exchanges.ts'
import { findRow, withContent } from './find-row.ts'
import { preparePublishedMessages } from './published-messages.ts'
import { type QueryPage, queryPage } from './query.ts'
import { createQueues, type Queues } from './queues.ts'
import { prepareRedrive } from './redrive.ts'
import type { SqlDriver } from './sql-driver.ts'
import { readOldestDue, readWaiting } from './waiting.ts'

/**
 * The tables of deliveries in an SQLite, wherever that runs: a store is these methods, each in a transaction. They are
 * synchronous, as SQLite is. `DeliveryTables` has registered endpoints as well.
 */
export interface CallbackTables {
  /** Does work in a transaction: whatever changes goes through it. Several changes may share one. */
  change<TResult>(work: () => TResult): TResult
  /** Writes what the changes have left to do, where the caller has the transaction. */
  settle(): void
  enqueue(delivery: StoredDelivery, attempts?: readonly Attempt[]): EnqueueResult
  /** An empty claim, where nothing is due or over, which needs no transaction; `undefined` otherwise. */
  claimNothing(): ClaimResult | undefined
  claim(options: ClaimOptions): ClaimResult
  commit(claimed: ClaimedDelivery, transition: DeliveryTransition, attempt?: Attempt): CommitResult
  extend(claimed: ClaimedDelivery, milliseconds: number): boolean
  /** Ends all leases, where whoever held one is known to be gone. The next claim returns the deliveries to the schedule. */
  endLeases(): void
  cancel(id: string, scope: OwnerScope): Delivery | undefined
  redrive(id: string, scope: OwnerScope): Delivery | undefined
  erase(options: EraseOptions): number
  keepExchange(exchange: KeptExchange): boolean
  eraseExchanges(options: EraseExchangesOptions): number
  /** The rest only reads, and needs no transaction. */
  find(id: string): StoredDelivery | undefined
  query(filter: DeliveryFilter): readonly DeliveryRecord[]
  /** A part of a query, so that other work has its turn in between. */
  queryPage(filter: DeliveryFilter): QueryPage
  findExchange(place: ExchangePlace): KeptExchange | undefined
  stats(filter: StatsFilter): StoredStats
  health(): StoreHealth
  /** Writes what was counted and not written yet, in a transaction of its own. */
  writeCounts(): void
}

const EXTEND = `
  UPDATE ringback_live SET lease_ends_at = ? WHERE id = ? AND lease = ? AND state = 'sending'`
const END_LEASES = `
  UPDATE ringback_live INDEXED BY ringback_live_sending SET lease_ends_at = 0
  WHERE state = 'sending'`
const READ_TIME = 'SELECT max(at) AS at FROM ringback_time'
const WRITE_TIME = 'UPDATE ringback_time SET at = ?'
const FIRST_TIME = 'INSERT INTO ringback_time VALUES (?)'
const TIME_INTERVAL = 1000
// a later time was written by another program, and leaves no room for what is due after it
const LATEST_NOW = LATEST_TIME / 2

/** What the tables share with those of registered endpoints. */
export interface SharedTables {
  readonly queues: Queues
  readonly registered: CommitTables['registered']
}

/**
 * Creates the methods on tables that `migrate` has brought to this version, but for those on registered endpoints, which
 * `createDeliveryTables` has.
 */
export function createCallbackTables(driver: SqlDriver, clock: StoreClock): CallbackTables {
  const registered = { countFailure: () => undefined }
  return connectTables(driver, clock, { queues: createQueues(driver), registered })
}

/** Creates the same, beside registered endpoints. */
export function connectTables(
  driver: SqlDriver,
  clock: StoreClock,
  { queues, registered }: SharedTables,
): CallbackTables {
  const endpoints = createEndpointRows(driver, queues)
  const enqueue = prepareEnqueue(driver, queues)
  const targets = prepareEndpointTargets(driver)
  const claiming = prepareClaim({ driver, queues, endpoints, registered: targets, clock })
  const commit = prepareCommit(driver, queues, { endpoints, registered })
  const cancel = prepareCancel(driver, queues)
  const redrive = prepareRedrive(driver, queues, endpoints)
  const erase = prepareErase(driver, queues, preparePublishedMessages(driver))
  let readAt = Number.NEGATIVE_INFINITY
  let writtenAt = Number.NEGATIVE_INFINITY

  /** Goes by the time of the other processes, and of those of before, if it is later. */
  const readTime = () => {
    const known = driver.get(READ_TIME)?.at
    if (typeof known === 'number' && known <= LATEST_NOW) clock.catchUp(known)
    readAt = clock.now()
  }
  const agreeOnTime = () => {
    readTime()
    writtenAt = readAt
    if (driver.count(WRITE_TIME, writtenAt) === 0) driver.run(FIRST_TIME, writtenAt)
  }

  const { counts } = queues
  const change = <TResult>(work: () => TResult): TResult => {
    try {
      const changed = driver.transaction(() => {
        if (clock.now() - writtenAt >= TIME_INTERVAL) agreeOnTime()
        const result = work()
        queues.settle()
        counts.settle(clock.now())
        return result
      })
      counts.keep()
      return changed
    } catch (error) {
      queues.discard()
      counts.discard()
      throw error
    }
  }

  return {
    change,
    settle() {
      queues.settle()
      counts.settleNow()
    },
    enqueue: (delivery, attempts = []) => enqueue(delivery, attempts, clock.now()),
    claimNothing() {
      if (clock.now() - readAt >= TIME_INTERVAL) readTime()
      // a claim has a transaction
      if (counts.isDue(clock.now())) return undefined
      return claiming.claimNothing()
    },
    claim: claiming.claim,
    commit: (claimed, transition, attempt) =>
      commit(claimed, { transition, attempt, now: clock.now() }),
    extend: ({ id, lease }, milliseconds) =>
      driver.count(EXTEND, clock.now() + milliseconds, id, lease) === 1,
    endLeases: () => void driver.run(END_LEASES),
    cancel: (id, scope) => cancel(id, scope, clock.now()),
    redrive: (id, scope) => redrive(id, scope, clock.now()),
    erase: (options) => erase(options, clock.now()),
    keepExchange: (exchange) => keepExchange(driver, exchange, clock.now()),
    eraseExchanges: (options) => eraseExchanges(driver, options, clock.now()),
    find(id) {
      const row = findRow(driver, id)
      return row && toStored(withContent(driver, row))
    },
    query(filter) {
      const records: DeliveryRecord[] = []
      for (let rest: DeliveryFilter | undefined = filter; rest; ) {
        const page: QueryPage = queryPage(driver, rest, clock.now())
        records.push(...page.records)
        rest = page.rest
      }
      return records
    },
    queryPage: (filter) => queryPage(driver, filter, clock.now()),
    findExchange: (place) => findExchange(driver, place),
    stats: (filter) => ({
      ...counts.read(filter),
      ...readWaiting(driver, filter, clock.now()),
    }),
    health: () => readOldestDue(driver, clock.now()),
    writeCounts() {
      if (counts.hurry()) change(() => {})
    },
  }
}
