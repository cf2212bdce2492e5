import type { DatabaseSync } from 'node:sqlite'
import type { Delivery, SweepOptions } from '@ringback/sender'
import type { Queues } from './queues.ts'
import { type Row, toDelivery } from './row.ts'
import { transaction } from './transaction.ts'

/** Prepares the sweep: it ends leases that were lost, and what has expired. */
export function createSweep(
  database: DatabaseSync,
  queues: Queues,
): (limit: SweepOptions, now: number) => readonly Delivery[] {
  // by name, since SQLite would read every delivery of the state, a hundred thousand perhaps, at each claim
  const isDue = database.prepare(`
    SELECT 1 FROM ringback_delivery INDEXED BY ringback_delivery_sending
    WHERE state = 'sending' AND lease_ends_at <= ?
    UNION ALL
    SELECT 1 FROM ringback_delivery INDEXED BY ringback_delivery_expiry
    WHERE expires_at IS NOT NULL AND state = 'scheduled' AND expires_at <= ?
    LIMIT 1`)
  const release = database.prepare(`
    UPDATE ringback_delivery INDEXED BY ringback_delivery_sending
    SET lease = lease + 1, lease_ends_at = NULL, lost_leases = lost_leases + 1,
      state = iif(lost_leases + 1 < ?, 'scheduled', 'dead'),
      due_at = iif(lost_leases + 1 < ?, ?, NULL),
      ended_at = iif(lost_leases + 1 < ?, NULL, ?),
      reason = iif(lost_leases + 1 < ?, NULL, 'internal'),
      detail = iif(lost_leases + 1 < ?, NULL, ?)
    WHERE state = 'sending' AND lease_ends_at <= ?
    RETURNING *`)
  const expire = database.prepare(`
    UPDATE ringback_delivery INDEXED BY ringback_delivery_expiry
    SET state = 'dead', reason = 'expired', detail = 'expired before it was delivered', ended_at = ?
    WHERE expires_at IS NOT NULL AND state = 'scheduled' AND expires_at <= ?
    RETURNING *`)

  return ({ most, detail }, now) => {
    // without a transaction while there is nothing to do
    if (isDue.get(now, now) === undefined) return []
    return transaction(database, () => {
      const lost = release.all(most, most, now, most, now, most, most, detail, now)
      const rows: readonly Row[] = [...lost, ...expire.all(now, now)]
      for (const row of rows) queues.release(row)
      return rows.map((row) => toDelivery(row))
    })
  }
}
