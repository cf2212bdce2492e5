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
const BYTES = 'SELECT bytes FROM ringback_done WHERE id = ?'
const DELETE = 'DELETE FROM ringback_live WHERE id = ?'

/** Moves a live delivery to those that are done, in a transaction. */
export function endLive(driver: SqlDriver, queues: Queues, row: SqlRow, end: LiveEnd): void {
  const { state, reason = null, detail = null, keepsLease, now } = end
  const id = String(row.id)
  driver.run(MOVE, state, reason, detail, keepsLease ? 1 : 0, now, id)
  driver.run(DELETE, id)
  const owner = String(row.owner)
  queues.keep(owner, 1, Number(driver.get(BYTES, id)?.bytes ?? 0))
  const orderKey = typeof row.order_key === 'string' ? row.order_key : null
  queues.release({ owner, endpoint: String(row.endpoint), orderKey })
}
