import type { DatabaseSync } from 'node:sqlite'
import type { Attempt } from '@ringback/sender'
import { type Row, withoutNulls } from './row.ts'

/** The attempts of deliveries. */
export interface Attempts {
  /** Adds an attempt to a delivery, in a transaction. */
  record(deliveryId: string, attempt: Attempt): void
  /** Lists the attempts of a delivery, oldest first. */
  list(deliveryId: string): Attempt[]
}

/** Prepares the statements on the attempts. */
export function prepareAttempts(database: DatabaseSync): Attempts {
  const insert = database.prepare(`
    INSERT INTO ringback_attempt
      (delivery_id, started_at, duration, status, detail, reason, bytes, body, answer, orphan)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const select = database.prepare(
    'SELECT * FROM ringback_attempt WHERE delivery_id = ? ORDER BY rowid',
  )

  return {
    record(deliveryId, { startedAt, duration, status, detail, reason, ...rest }) {
      const { bytes, body, response, isOrphan } = rest
      insert.run(
        deliveryId,
        startedAt,
        duration,
        status ?? null,
        detail ?? null,
        reason ?? null,
        bytes ?? null,
        body ?? null,
        response ? JSON.stringify(response) : null,
        isOrphan ? 1 : null,
      )
    },
    list: (deliveryId) => select.all(deliveryId).map(toAttempt),
  }
}

function toAttempt(row: Row): Attempt {
  return withoutNulls<Attempt>({
    startedAt: row.started_at,
    duration: row.duration,
    status: row.status,
    reason: row.reason,
    detail: row.detail,
    bytes: row.bytes,
    body: row.body,
    response: readResponse(row.answer),
    isOrphan: row.orphan === null ? null : true,
  })
}

/** Leaves out a response that cannot be read, so that the rest of the record can be. */
function readResponse(stored: unknown): unknown {
  if (typeof stored !== 'string') return null
  try {
    return JSON.parse(stored)
  } catch {
    return null
  }
}
