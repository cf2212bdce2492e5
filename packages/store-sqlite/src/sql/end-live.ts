import type { DeliveryTransition } from '@ringback/sender/store'
import { NEXT_LEASE } from './damage.ts'
import type { Queues } from './queues.ts'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

/** How a live delivery ends. */
export interface LiveEnd extends Pick<DeliveryTransition, 'state' | 'reason' | 'detail'> {
  /** Whether the worker that has the delivery may still commit what became of it. */
  readonly keepsLease: boolean
  readonly now: number
}

const MOVE = `
  INSERT OR REPLACE INTO ringback_done
    (id, message, owner, endpoint, expires_at, order_key, redrive_of, state, reason, detail,
      attempts, refusals, lease, ended_at, bytes)
  SELECT id, message, owner, endpoint, expires_at, order_key, redrive_of, ?, ?, ?,
    attempts, refusals, iif(?, lease, ${NEXT_LEASE}), ?,
    coalesce((SELECT length(payload) FROM ringback_message WHERE seq = message), 0)
  FROM ringback_live WHERE id = ?`
const MOVED = `
  SELECT d.bytes, m.callback FROM ringback_done AS d
  LEFT JOIN ringback_message AS m ON m.seq = d.message WHERE d.id = ?`
const DELETE = 'DELETE FROM ringback_live WHERE id = ?'

/** Moves a live delivery to those that are done, in a transaction. */
export function endLive(driver: SqlDriver, queues: Queues, row: SqlRow, end: LiveEnd): void {
  const { state, reason = null, detail = null, keepsLease, now } = end
  const id = String(row.id)
  driver.run(MOVE, state, reason, detail, keepsLease ? 1 : 0, now, id)
  driver.run(DELETE, id)
  const owner = String(row.owner)
  const endpoint = String(row.endpoint)
  const { bytes = 0, callback = '' } = driver.get(MOVED, id) ?? {}
  queues.keep(owner, 1, Number(bytes))
  const place = { owner, endpoint, callback: String(callback) }
  queues.counts.countEnd({ ...place, state, ...(end.reason && { reason: end.reason }) }, now)
  const orderKey = typeof row.order_key === 'string' ? row.order_key : null
  queues.release({ owner, endpoint, orderKey })
}
