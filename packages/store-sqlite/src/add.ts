import type { DatabaseSync } from 'node:sqlite'
import type { Attempt, EnqueueResult, StoredDelivery } from '@ringback/sender'
import { createQueues, type Queues } from './queues.ts'
import { attemptValues, COLUMNS, type Row, toDelivery } from './row.ts'

/** Adds deliveries and attempts. To be used in a transaction. */
export interface Adding {
  add(delivery: StoredDelivery, log: readonly Attempt[], now: number): EnqueueResult
  record(id: string, attempt: Attempt): void
}

/** Prepares what adds, on the store's own connection or one of the application's. */
export function createAdding(
  database: DatabaseSync,
  queues: Queues = createQueues(database),
): Adding {
  const names = Object.keys(COLUMNS)
  const columns = Object.values(COLUMNS)
  const insert = database.prepare(`
    INSERT INTO ringback_delivery (${names.join(', ')}, waiting, ended_at)
    VALUES (${names.map(() => '?').join(', ')}, ?, ?)`)
  const insertAttempt = database.prepare(`
    INSERT INTO ringback_attempt
      (delivery_id, started_at, duration, status, detail, reason, bytes, body, answer, orphan)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const byDedupeKey = database.prepare(`
    SELECT * FROM ringback_delivery
    WHERE owner = ? AND operation_id = ? AND callback = ? AND dedupe_key = ?`)

  const record = (id: string, attempt: Attempt) =>
    void insertAttempt.run(...attemptValues(id, attempt))

  return {
    record,
    add(delivery, log, now) {
      const { id, owner, operationId, callback, dedupeKey, state } = delivery
      const known = dedupeKey && byDedupeKey.get(owner, operationId, callback, dedupeKey)
      if (known) {
        const kind = isSame(known, delivery) ? 'duplicate' : 'conflict'
        return { kind, delivery: toDelivery(known) }
      }
      const { endpoint = '', orderKey = null, dueAt = now } = delivery
      const isScheduled = state === 'scheduled'
      const isBehind = isScheduled && queues.isBehind({ id, owner, endpoint, order_key: orderKey })
      const values = columns.map((value) => value(delivery) ?? null)
      insert.run(...values, isBehind ? 1 : 0, isScheduled ? null : now)
      if (isScheduled && !isBehind) queues.add(owner, endpoint, dueAt)
      for (const attempt of log) record(id, attempt)
      return { kind: 'stored' }
    },
  }
}

function isSame(known: Row, { url, payload }: StoredDelivery): boolean {
  if (known.url !== (url ?? null) || !(known.payload instanceof Uint8Array)) return false
  return Buffer.compare(known.payload, payload) === 0
}
