import type {
  Attempt,
  ClaimedDelivery,
  Delivery,
  DeliveryFilter,
  DeliveryStore,
} from '@ringback/sender'
import { type Durability, open } from './open.ts'
import { rollBack } from './roll-back.ts'
import { COLUMNS, type Row, toAttempt, toColumns, toDelivery } from './row.ts'

/** Options of a store in an SQLite file. */
export interface SqliteStoreOptions {
  /** What survives: `normal`, the default, a crash of the process; `full` a loss of power, too. */
  readonly durability?: Durability
  /** Milliseconds since the Unix epoch; by default the system's clock. */
  readonly clock?: { now(): number }
}

/** A store in an SQLite file. */
export interface SqliteStore extends DeliveryStore {
  /** Closes the file. Stop the sender first. */
  close(): void
}

/**
 * Keeps deliveries in one SQLite file, made where it does not exist, its folder as well.
 *
 * @example
 * const sender = createSender({ store: sqliteStore('data/callbacks.db'), secrets: [secret], fetch: guardedFetch() })
 *
 * @throws {Error} naming the path, when the file cannot be opened, is no database, or is too new
 */
export function sqliteStore(path: string, options: SqliteStoreOptions = {}): SqliteStore {
  const { durability = 'normal', clock = Date } = options
  const database = open(path, durability)

  const insert = database.prepare(
    `INSERT INTO ringback_delivery (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertAttempt = database.prepare('INSERT INTO ringback_attempt VALUES (?, ?, ?, ?, ?)')
  const claimDue = database.prepare(`
    UPDATE ringback_delivery
    SET state = 'sending', due_at = NULL, reason = NULL, detail = NULL, lease = lease + 1,
      lease_ends_at = ?
    WHERE id IN (
      SELECT id FROM ringback_delivery
      WHERE state = 'scheduled' AND due_at <= ? ORDER BY due_at LIMIT ?
    )
    RETURNING *`)
  const nextDue = database.prepare(
    "SELECT min(due_at) AS due_at FROM ringback_delivery WHERE state = 'scheduled'",
  )
  const change = database.prepare(`
    UPDATE ringback_delivery
    SET state = ?, reason = ?, detail = ?, due_at = ?, attempts = ?, refusals = ?,
      lease_ends_at = NULL, lost_leases = 0
    WHERE id = ? AND state = 'sending' AND lease = ?`)
  const release = database.prepare(`
    UPDATE ringback_delivery
    SET lease = lease + 1, lease_ends_at = NULL, lost_leases = lost_leases + 1,
      state = iif(lost_leases + 1 < ?, 'scheduled', 'dead'),
      due_at = iif(lost_leases + 1 < ?, ?, NULL),
      reason = iif(lost_leases + 1 < ?, NULL, 'internal'),
      detail = iif(lost_leases + 1 < ?, NULL, ?)
    WHERE state = 'sending' AND lease_ends_at <= ?
    RETURNING *`)
  const attemptsOf = database.prepare(
    'SELECT * FROM ringback_attempt WHERE delivery_id = ? ORDER BY rowid',
  )

  const atOnce = <TResult>(work: () => TResult): TResult => {
    database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      database.exec('COMMIT')
      return result
    } catch (error) {
      rollBack(database)
      throw error
    }
  }
  const record = (id: string, { startedAt, duration, status, detail }: Attempt) =>
    insertAttempt.run(id, startedAt, duration, status ?? null, detail ?? null)

  return {
    async enqueue(delivery, log = []) {
      atOnce(() => {
        insert.run(...toColumns(delivery))
        for (const attempt of log) record(delivery.id, attempt)
      })
    },

    async claim({ limit, lease }) {
      const now = clock.now()
      const deliveries = claimDue.all(now + lease, now, limit).map(toClaimed)
      const next = nextDue.get()?.due_at
      return { deliveries, ...(typeof next === 'number' && { nextDueAt: next }) }
    },

    async commit({ id, lease }, transition, attempt) {
      const { state, reason = null, detail = null, dueAt = null, attempts, refusals } = transition
      return atOnce(() => {
        const { changes } = change.run(state, reason, detail, dueAt, attempts, refusals, id, lease)
        if (changes === 0) return false
        if (attempt) record(id, attempt)
        return true
      })
    },

    async sweep({ most, detail }) {
      const now = clock.now()
      return release.all(most, most, now, most, most, detail, now).map(toPublic)
    },

    async query({ limit = 100, ...filter } = {}) {
      const { where, values } = whereOf(filter)
      const sql = `SELECT * FROM ringback_delivery ${where} ORDER BY id DESC LIMIT ?`
      return database
        .prepare(sql)
        .all(...values, limit)
        .map((row) => ({ ...toPublic(row), log: attemptsOf.all(String(row.id)).map(toAttempt) }))
    },

    close: () => database.close(),
  }
}

/** Only what is asked for, so that an index serves it. */
function whereOf(filter: Omit<DeliveryFilter, 'limit'>) {
  const asked = (['id', 'state', 'owner'] as const).flatMap((column) => {
    const value = filter[column]
    return value === undefined ? [] : [{ column, value }]
  })
  const where = asked.map(({ column }) => `${column} = ?`).join(' AND ')
  return { where: where && `WHERE ${where}`, values: asked.map(({ value }) => value) }
}

function toClaimed(row: Row): ClaimedDelivery {
  return { ...toDelivery(row), lease: Number(row.lease) }
}

function toPublic(row: Row): Delivery {
  const { payload: _payload, refusals: _refusals, ...delivery } = toDelivery(row)
  return delivery
}
