import type { DeliveryStore, EnqueueResult, StoredDelivery } from '@ringback/sender'
import { createAdding } from './add.ts'
import { addingIn } from './adding-in.ts'
import { createBatch } from './batch.ts'
import { createClaiming } from './claim.ts'
import { createErase } from './erase.ts'
import { withClearErrors } from './errors.ts'
import { createExchanges } from './exchanges.ts'
import { type Durability, open } from './open.ts'
import { createQuery } from './query.ts'
import { createQueues } from './queues.ts'
import { type Row, toDelivery, toStored } from './row.ts'
import { createSweep } from './sweep.ts'
import { transaction } from './transaction.ts'

/** Options of a store in an SQLite file. */
export interface SqliteStoreOptions {
  /** What survives: `normal`, the default, a crash of the process; `full` a loss of power, too. */
  readonly durability?: Durability
  /** Milliseconds since the Unix epoch; by default the system's clock. */
  readonly clock?: { now(): number }
}

/** A store in an SQLite file. */
export interface SqliteStore extends DeliveryStore {
  /** Adds a delivery in a transaction that the application has begun on a connection of its own to the file. */
  enqueueIn(transaction: unknown, delivery: StoredDelivery): EnqueueResult
  /** Closes the file. Stop the sender first. */
  close(): void
}

/**
 * Keeps deliveries in one SQLite file, made where it does not exist, its folder as well.
 *
 * @example
 * const sender = createSender({ store: sqliteStore('data/callbacks.db'), secrets: [secret], fetch: guardedFetch() })
 *
 * @throws {StoreError} naming the path: `open` when the file cannot be opened or is no database, `newer` when a
 *   newer version of this package has written it
 */
export function sqliteStore(path: string, options: SqliteStoreOptions = {}): SqliteStore {
  const { durability = 'normal', clock = Date } = options
  const database = open(path, durability)
  const guard = <TResult>(work: () => TResult): TResult => withClearErrors(path, work)
  const batch = createBatch(database, guard)
  let isClosed = false
  const queues = createQueues(database)
  const claiming = createClaiming(database, queues)
  const sweep = createSweep(database, queues)
  const query = createQuery(database)
  const erase = createErase(database)
  const exchanges = createExchanges(database)

  const { add, record } = createAdding(database, queues)

  const find = database.prepare('SELECT * FROM ringback_delivery WHERE id = ?')
  const change = database.prepare(`
    UPDATE ringback_delivery
    SET state = ?, reason = ?, detail = ?, due_at = ?, attempts = ?, refusals = ?, ended_at = ?,
      lease_ends_at = NULL, lost_leases = 0
    WHERE id = ? AND lease = ? AND (state = 'sending' OR (state = 'cancelled' AND ? = 'delivered'))`)
  const extend = database.prepare(`
    UPDATE ringback_delivery SET lease_ends_at = ? WHERE id = ? AND lease = ? AND state = 'sending'`)
  // whoever is sending it may still say that it was delivered, and nobody else
  const cancel = database.prepare(`
    UPDATE ringback_delivery
    SET state = 'cancelled', reason = NULL, detail = NULL, ended_at = ?, lease_ends_at = NULL,
      lease = iif(state = 'scheduled', lease + 1, lease)
    WHERE id = ? AND state IN ('scheduled', 'sending') RETURNING *`)
  const revive = database.prepare(`
    UPDATE ringback_delivery
    SET state = 'scheduled', reason = NULL, detail = NULL, expires_at = NULL, ended_at = NULL,
      due_at = ?, attempts = 0, refusals = 0, lost_leases = 0, waiting = ?
    WHERE id = ? RETURNING *`)
  const hasten = database.prepare('UPDATE ringback_delivery SET due_at = ? WHERE id = ?')
  const probe = database.prepare(`
    UPDATE ringback_endpoint SET held_until = ? WHERE owner = ? AND endpoint = ? AND held_until > ?`)

  const atOnce = <TResult>(work: () => TResult) => guard(() => transaction(database, work))
  return {
    enqueue: (delivery, log = []) => batch.run(() => add(delivery, log, clock.now())),

    enqueueIn: (transaction, delivery) =>
      guard(() => addingIn(transaction, path).add(delivery, [], clock.now())),

    async claim(given) {
      // without a transaction while there is nothing to claim
      const none = batch.isWaiting() ? undefined : guard(() => claiming.ifNone(clock.now()))
      return none ?? batch.runNow(() => claiming.claim(given, clock.now()))
    },

    commit({ id, lease, owner, endpoint = '', orderKey = null }, transition, attempt) {
      const {
        state,
        reason = null,
        detail = null,
        dueAt = null,
        attemptCount,
        refusals,
      } = transition
      return batch.run(() => {
        const endedAt = state === 'scheduled' ? null : clock.now()
        const values = [state, reason, detail, dueAt, attemptCount, refusals, endedAt] as const
        const isChanged = change.run(...values, id, lease, state).changes !== 0
        const row = isChanged ? undefined : find.get(id)
        const isOurs = isChanged || (row !== undefined && isCancelled(row, lease))
        if (attempt && isOurs) record(id, attempt)
        else if (attempt && row) record(id, { ...attempt, isOrphan: true })
        if (!isOurs) return 'lost'
        if (transition.endpoint) queues.set(owner, endpoint, transition.endpoint)
        if (!isChanged) return 'cancelled'
        if (state === 'scheduled') queues.refresh(owner, endpoint)
        else if (orderKey !== null) queues.release({ owner, endpoint, order_key: orderKey })
        return 'done'
      })
    },

    async extend({ id, lease }, milliseconds) {
      const end = clock.now() + milliseconds
      return guard(() => extend.run(end, id, lease)).changes === 1
    },

    sweep: async (limit) => guard(() => sweep(limit, clock.now())),

    async cancel(id) {
      const cancelled = atOnce(() => {
        const row = cancel.get(clock.now(), id)
        if (row) queues.release(row)
        return row
      })
      const row = cancelled ?? guard(() => find.get(id))
      return row && toDelivery(row)
    },

    async redrive(id) {
      const now = clock.now()
      return atOnce(() => {
        const row = find.get(id)
        if (row?.state === 'dead') {
          const revived = revive.get(now, queues.isBehind(row) ? 1 : 0, id)
          if (revived && !revived.waiting) {
            queues.add(String(revived.owner), String(revived.endpoint), now)
          }
        } else if (row?.state === 'scheduled') hasten.run(now, id)
        if (row === undefined) return undefined
        probe.run(now, String(row.owner), String(row.endpoint), now)
        queues.refresh(row.owner, row.endpoint)
        const changed = find.get(id)
        return changed && toDelivery(changed)
      })
    },

    async find(id) {
      const row = guard(() => find.get(id))
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

function isCancelled(row: Row, lease: number): boolean {
  return row.state === 'cancelled' && row.lease === lease
}
