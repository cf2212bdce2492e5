import type { DatabaseSync } from 'node:sqlite'
import type { Delivery, SweepOptions } from '@ringback/sender'
import { toDelivery } from './delivery-row.ts'
import { laneOfRow } from './lane.ts'
import type { Queues } from './queues.ts'
import { runInTransaction } from './run-in-transaction.ts'

/** Prepares the sweep, which returns deliveries whose lease was lost to their queue and ends expired ones. */
export function prepareSweep(
  database: DatabaseSync,
  queues: Queues,
): (limit: SweepOptions, now: number) => readonly Delivery[] {
  // by name, since SQLite would read every delivery of the state, perhaps a hundred thousand, at each claim
  const selectDue = database.prepare(`
    SELECT 1 FROM ringback_delivery INDEXED BY ringback_delivery_sending
    WHERE state = 'sending' AND lease_ends_at <= ?
    UNION ALL
    SELECT 1 FROM ringback_delivery INDEXED BY ringback_delivery_expiry
    WHERE expires_at IS NOT NULL AND state = 'scheduled' AND expires_at <= ?
    LIMIT 1`)
  const requeue = database.prepare(`
    UPDATE ringback_delivery INDEXED BY ringback_delivery_sending
    SET state = 'scheduled', due_at = ?, reason = NULL, detail = NULL,
      lease = lease + 1, lease_ends_at = NULL, lost_leases = lost_leases + 1
    WHERE state = 'sending' AND lease_ends_at <= ? AND lost_leases + 1 < ?
    RETURNING *`)
  const giveUp = database.prepare(`
    UPDATE ringback_delivery INDEXED BY ringback_delivery_sending
    SET state = 'dead', due_at = NULL, ended_at = ?, reason = 'internal', detail = ?,
      lease = lease + 1, lease_ends_at = NULL, lost_leases = lost_leases + 1
    WHERE state = 'sending' AND lease_ends_at <= ?
    RETURNING *`)
  const expire = database.prepare(`
    UPDATE ringback_delivery INDEXED BY ringback_delivery_expiry
    SET state = 'dead', reason = 'expired', detail = 'expired before it was delivered', ended_at = ?
    WHERE expires_at IS NOT NULL AND state = 'scheduled' AND expires_at <= ?
    RETURNING *`)

  return ({ most, detail }, now) => {
    // without a transaction while there is nothing to do
    if (selectDue.get(now, now) === undefined) return []
    return runInTransaction(database, () => {
      const rows = [
        ...requeue.all(now, now, most),
        ...giveUp.all(now, detail, now),
        ...expire.all(now, now),
      ]
      for (const row of rows) queues.release(laneOfRow(row))
      return rows.map((row) => toDelivery(row))
    })
  }
}
