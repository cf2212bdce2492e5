import { type Attempt, withoutNulls } from '@ringback/sender/store'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

const INSERT = `
  INSERT INTO ringback_attempt
    (delivery, started_at, duration, status, reason, detail, bytes, body, response, orphan)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const SELECT = 'SELECT * FROM ringback_attempt WHERE delivery = ? ORDER BY rowid'

/** Adds an attempt to a delivery, in a transaction. */
export function recordAttempt(driver: SqlDriver, deliveryId: string, attempt: Attempt): void {
  const { startedAt, duration, status, detail, reason, bytes, body, response, isOrphan } = attempt
  driver.run(
    INSERT,
    deliveryId,
    Math.round(startedAt),
    Math.round(duration),
    status ?? null,
    reason ?? null,
    detail ?? null,
    bytes ?? null,
    body ?? null,
    response ? JSON.stringify(response) : null,
    isOrphan ? 1 : null,
  )
}

/** Lists the attempts of a delivery, oldest first. */
export function listAttempts(driver: SqlDriver, deliveryId: string): Attempt[] {
  return driver.all(SELECT, deliveryId).map(toAttempt)
}

function toAttempt(row: SqlRow): Attempt {
  return withoutNulls<Attempt>({
    startedAt: row.started_at,
    duration: row.duration,
    status: row.status,
    reason: row.reason,
    detail: row.detail,
    bytes: row.bytes,
    body: row.body,
    response: readResponse(row.response),
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
