import type { DatabaseSync } from 'node:sqlite'
import type { Attempt, DeliverySettings, EnqueueResult, StoredDelivery } from '@ringback/sender'
import { prepareAttempts } from './attempts.ts'
import { COLUMNS, readSettings, toDelivery } from './delivery-row.ts'
import { laneOf } from './lane.ts'
import { prepareQueues, type Queues } from './queues.ts'
import type { Row } from './row.ts'

/** Stores a delivery with the attempts that it already had, in a transaction. */
export type Enqueue = (
  delivery: StoredDelivery,
  attempts: readonly Attempt[],
  now: number,
) => EnqueueResult

/** Prepares storing deliveries, on the store's own connection or one of the application's. */
export function prepareEnqueue(
  database: DatabaseSync,
  queues: Queues = prepareQueues(database),
): Enqueue {
  const names = Object.keys(COLUMNS)
  const columns = Object.values(COLUMNS)
  const insert = database.prepare(`
    INSERT INTO ringback_delivery (${names.join(', ')}, waiting, ended_at)
    VALUES (${names.map(() => '?').join(', ')}, ?, ?)`)
  const selectByDedupeKey = database.prepare(`
    SELECT * FROM ringback_delivery
    WHERE owner = ? AND operation_id = ? AND callback = ? AND dedupe_key = ?`)
  const attemptTable = prepareAttempts(database)

  return (delivery, attempts, now) => {
    const { id, owner, operationId, callback, dedupeKey, state, dueAt = now } = delivery
    const known = dedupeKey && selectByDedupeKey.get(owner, operationId, callback, dedupeKey)
    if (known) {
      const kind = isSame(known, delivery) ? 'duplicate' : 'conflict'
      return { kind, delivery: toDelivery(known) }
    }
    const lane = laneOf(delivery)
    const isScheduled = state === 'scheduled'
    const isBehind = isScheduled && queues.isBehind(id, lane)
    const values = columns.map((value) => value(delivery) ?? null)
    insert.run(...values, isBehind ? 1 : 0, isScheduled ? null : now)
    if (isScheduled && !isBehind) queues.add(lane, dueAt)
    for (const attempt of attempts) attemptTable.record(id, attempt)
    return { kind: 'stored' }
  }
}

/** Whether a row sends the same bytes and headers to the same URL as a delivery. */
function isSame(known: Row, { url, payload, settings }: StoredDelivery): boolean {
  if (known.url !== (url ?? null) || !(known.payload instanceof Uint8Array)) return false
  const before = known.settings === null ? undefined : readSettings(known)
  if (headOf(before) !== headOf(settings)) return false
  return Buffer.compare(known.payload, payload) === 0
}

function headOf(settings: DeliverySettings | undefined): string {
  return JSON.stringify([settings?.headers, settings?.contentType])
}
