import type {
  ClaimResult,
  CommitResult,
  Delivery,
  DeliveryStore,
  EnqueueResult,
  StoredDelivery,
  StoredMessage,
} from '@ringback/sender'
import { type Attempt, createStoreClock, isFinal } from '@ringback/sender/store'
import { createBatch } from './batch.ts'
import { checkArguments } from './check-arguments.ts'
import { claimDeliveries } from './claim.ts'
import { settleCommits } from './commits.ts'
import { createCounts } from './counts.ts'
import type { PostgresDriver, PostgresRow } from './driver.ts'
import { toEnqueued } from './enqueued.ts'
import { type Commit, writeCommits, writeDeliveries } from './entries.ts'
import { eraseDeliveries, eraseKeptExchanges } from './erase.ts'
import { translateError } from './errors.ts'
import { findExchange, keepExchange } from './exchanges.ts'
import { createMigration } from './migrate.ts'
import { namedCallsOf } from './named-calls.ts'
import { readOldestDue } from './oldest-due.ts'
import {
  adoptMessage,
  listCallbacks,
  replayMessages,
  toPublished,
  writeMessage,
} from './publish.ts'
import { type Place, queryDeliveries } from './query.ts'
import { createRegisteredEndpoints } from './registered-endpoints.ts'
import { COLUMNS, toDelivery, toStored } from './row.ts'
import { channelOf } from './schema/migration.ts'
import { checkSchemaName } from './schema/schema-name.ts'
import { addTargets, countFailures } from './targets.ts'
import { runIn } from './transaction.ts'
import { createWakes } from './wake.ts'

/** Options of a store in PostgreSQL. */
export interface PostgresStoreOptions {
  /** The schema of the tables, used for nothing else; `ringback` by default. */
  readonly schema?: string
  /** Milliseconds since the Unix epoch, for tests; by default the server's clock, which all processes share. */
  readonly clock?: { now(): number }
}

/** A store in PostgreSQL. */
export interface PostgresStore extends DeliveryStore {
  /**
   * Stores a delivery in a transaction that the application has begun: on a client of `pg`, the `sql` of a transaction
   * of `postgres`, a transaction of PGlite, or through a function that runs SQL in one of another library's.
   */
  enqueueIn(transaction: unknown, delivery: StoredDelivery): Promise<EnqueueResult>
  /** Creates the tables, or brings them to this version; the first use of the store does it as well. */
  migrate(): Promise<void>
  /** Stores a published message of which the deliveries were copied; `false` when it is known. */
  '~adoptMessage'(message: StoredMessage): Promise<boolean>
}

/**
 * Keeps deliveries in PostgreSQL 14 or newer, for any number of processes. Creates its tables at the first use.
 *
 * @example
 * const store = postgresStore(pgDriver(new Pool({ connectionString: process.env.DATABASE_URL })))
 *
 * @throws {StoreError} `option` for a wrong argument, `schema` when the name of the schema cannot be used
 */
export function postgresStore(
  driver: PostgresDriver,
  options: PostgresStoreOptions = {},
): PostgresStore {
  checkArguments(driver, options)
  const { schema = 'ringback', clock: system } = options
  checkSchemaName(schema)
  const s = `"${schema}"`
  const clock = system && createStoreClock(system)
  const place: Place = { driver, s, now: () => clock?.now() ?? null }
  const calls = namedCallsOf(s)
  const registered = createRegisteredEndpoints(place)
  const migration = createMigration(driver, schema)
  const wakes = createWakes(driver, channelOf(schema))
  const counts = createCounts(place)
  const countedAt = () => clock?.now() ?? Date.now()
  const countStored = (delivery: StoredDelivery, attempts: readonly Attempt[]) => {
    const now = countedAt()
    const isDelivered = delivery.state === 'delivered'
    for (const attempt of attempts) counts.countAttempt(delivery, attempt, { isDelivered, now })
    if (isFinal(delivery)) counts.countEnd(delivery, now)
  }
  /** Settles commits, and counts those that hold. */
  const settle = async (given: readonly Commit[], rows: readonly PostgresRow[]) => {
    const results = await countFailures(place, given, await settleCommits(place, given, rows))
    const now = countedAt()
    for (const [n, { claimed, transition, attempt }] of given.entries()) {
      const result = results[n]
      if (result === undefined || result.kind === 'lost') continue
      const isDelivered = transition.state === 'delivered'
      if (attempt) counts.countAttempt(claimed, attempt, { isDelivered, now })
      if (result.kind === 'done' && isFinal(result.delivery)) counts.countEnd(result.delivery, now)
    }
    await counts.settle()
    return results
  }

  /** Does work on the tables. */
  const use = async <TResult>(work: () => Promise<TResult>): Promise<TResult> => {
    await migration.run()
    try {
      return await work()
    } catch (cause) {
      throw translateError(cause)
    }
  }
  const findStored = (id: string) => use(() => find(id))
  const enqueues = createBatch<readonly [StoredDelivery, readonly Attempt[]], EnqueueResult>(
    (entries) =>
      use(async () => {
        const { text, name } = calls.enqueue
        const rows = await driver.run(text, [place.now(), writeDeliveries(entries)], name)
        const ordered = inOrder(rows)
        for (const [n, entry] of entries.entries()) {
          if (typeof ordered[n]?.known !== 'string') countStored(...entry)
        }
        await counts.settle()
        return ordered.map((row, n) => toEnqueued(row, entries[n]?.[0], findStored))
      }),
  )
  const commits = createBatch<Commit, CommitResult>((given) =>
    use(async () => {
      const { text, name } = calls.commit
      const rows = await driver.run(text, [place.now(), ...writeCommits(given)], name)
      return settle(given, rows)
    }),
  )
  const findRow = async (id: string, columns = COLUMNS): Promise<PostgresRow | undefined> => {
    const [row] = await driver.run(
      `SELECT ${columns} FROM ${s}.delivery d JOIN ${s}.message m ON m.id = d.id
      LEFT JOIN ${s}.publication p ON p.id = m.content WHERE d.id = $1`,
      [id],
    )
    return row
  }
  const find = async (id: string): Promise<StoredDelivery | undefined> => {
    const row = await findRow(
      id,
      `${COLUMNS}, m.settings, coalesce(p.payload, m.payload) AS payload`,
    )
    return row && toStored(row)
  }
  /** Runs a function on one delivery; gives the delivery as it is then, and what the function has given. */
  const change = (name: string, id: string, owner: string | undefined) =>
    use(async (): Promise<{ delivery: Delivery | undefined; result: unknown }> => {
      const text = `SELECT ${s}.${name}($1::float8, $2, $3) AS result`
      const [changed] = await driver.run(text, [place.now(), id, owner ?? null])
      const row = await findRow(id)
      const isOwn = row && (owner ?? row.owner) === row.owner
      return { delivery: isOwn ? toDelivery(row) : undefined, result: changed?.result }
    })

  return {
    migrate: migration.run,
    enqueue: (delivery, attempts = []) => enqueues.add([delivery, attempts]),
    async enqueueIn(transaction, delivery) {
      const run = runIn(transaction)
      const entries = writeDeliveries([[delivery, []]])
      const [row] = await run({ name: `${s}.enqueue_v1`, entries, at: place.now() })
      if (typeof row?.known !== 'string' && isFinal(delivery)) counts.countLater(delivery)
      return toEnqueued(row, delivery, findStored)
    },
    claim: (given) =>
      use(async () => {
        // what waits to be committed makes room, and lets the next of an order key go
        const taken = commits.take()
        let claimed: ClaimResult
        try {
          const ended = taken.items.length === 0 ? null : writeCommits(taken.items)
          const { result, committed } = await claimDeliveries(place, given, {
            call: calls.claim,
            ended,
          })
          taken.settle(await settle(taken.items, committed))
          claimed = result
        } catch (error) {
          taken.putBack()
          throw error
        }
        for (const swept of claimed.swept) if (isFinal(swept)) counts.countEnd(swept, countedAt())
        await counts.settle()
        return { ...claimed, deliveries: await addTargets(place, claimed.deliveries) }
      }),
    commit: (claimed, transition, attempt) => commits.add({ claimed, transition, attempt }),
    extend: ({ id, lease }, milliseconds) =>
      use(async () => {
        const rows = await driver.run(
          `UPDATE ${s}.sending SET lease_ends_at = ${s}.now_v1($1::float8) + $2::float8
          WHERE id = $3 AND lease = $4::int RETURNING id`,
          [place.now(), milliseconds, id, lease],
        )
        return rows.length === 1
      }),
    async cancel(id, { owner } = {}) {
      const { delivery, result } = await change('cancel_v2', id, owner)
      if (delivery && result === true) {
        counts.countEnd({ ...delivery, state: 'cancelled' }, countedAt())
      }
      await counts.settle()
      return delivery
    },
    redrive: async (id, { owner } = {}) => (await change('redrive_v1', id, owner)).delivery,
    find: findStored,
    query: (filter = {}) => use(() => queryDeliveries(place, filter)),
    erase: (erasure) => use(() => eraseDeliveries(place, erasure)),
    keepExchange: (exchange) => use(() => keepExchange(place, exchange)),
    findExchange: (wanted) => use(() => findExchange(place, wanted)),
    eraseExchanges: (erasure) => use(() => eraseKeptExchanges(place, erasure)),
    stats: (filter) => use(() => counts.read(filter)),
    health: () => use(() => readOldestDue(place)),
    onWake: wakes.add,
    flush: counts.flush,
    '~adoptMessage': (message) => use(() => adoptMessage(place, message)),
    endpoints: {
      add: (endpoint) => use(() => registered.add(endpoint)),
      find: (...given) => use(() => registered.find(...given)),
      query: (filter) => use(() => registered.query(filter)),
      change: (...given) => use(() => registered.change(...given)),
      remove: (...given) => use(() => registered.remove(...given)),
      publish: (message, patterns) =>
        use(async () => {
          const text = `SELECT * FROM ${s}.publish_v2($1::float8, $2::text::json)`
          const [row] = await driver.run(text, [place.now(), writeMessage(message, patterns)])
          return toPublished(place, message, row)
        }),
      async publishIn(transaction, message, patterns) {
        const run = runIn(transaction)
        const entries = writeMessage(message, patterns)
        const [row] = await run({ name: `${s}.publish_v2`, entries, at: place.now() })
        return toPublished(place, message, row)
      },
      callbacks: (range) => use(() => listCallbacks(place, range)),
      replay: (given) => use(() => replayMessages(place, given)),
    },
  }
}

function inOrder(rows: readonly PostgresRow[]): readonly PostgresRow[] {
  return [...rows].sort((a, b) => Number(a.n) - Number(b.n))
}
