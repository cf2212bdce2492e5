import type { Attempt, ClaimedDelivery, Delivery, DeliveryStore } from '@ringback/sender'
import { type Durability, open } from './open.ts'
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
    SET state = 'sending', due_at = NULL, reason = NULL, detail = NULL, lease = lease + 1, lease_ends_at = ?1
    WHERE id IN (
      SELECT id FROM ringback_delivery
      WHERE state = 'scheduled' AND due_at <= ?2 ORDER BY due_at LIMIT ?3
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
      state = iif(lost_leases + 1 < ?2, 'scheduled', 'dead'),
      due_at = iif(lost_leases + 1 < ?2, ?1, NULL),
      reason = iif(lost_leases + 1 < ?2, NULL, 'internal'),
      detail = iif(lost_leases + 1 < ?2, NULL, ?3)
    WHERE state = 'sending' AND lease_ends_at <= ?1
    RETURNING *`)
  const find = database.prepare(`
    SELECT * FROM ringback_delivery
    WHERE (?1 IS NULL OR id = ?1) AND (?2 IS NULL OR state = ?2) AND (?3 IS NULL OR owner = ?3)
    ORDER BY id DESC LIMIT ?4`)
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
      database.exec('ROLLBACK')
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
      return release.all(clock.now(), most, detail).map(toPublic)
    },

    async query({ id = null, state = null, owner = null, limit = 100 } = {}) {
      return find.all(id, state, owner, limit).map((row) => ({
        ...toPublic(row),
        log: attemptsOf.all(String(row.id)).map(toAttempt),
      }))
    },

    close: () => database.close(),
  }
}

function toClaimed(row: Row): ClaimedDelivery {
  return { ...toDelivery(row), lease: Number(row.lease) }
}

function toPublic(row: Row): Delivery {
  const { payload: _payload, refusals: _refusals, ...delivery } = toDelivery(row)
  return delivery
}
