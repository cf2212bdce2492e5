import type { DatabaseSync } from 'node:sqlite'
import type { Delivery, LostLeases } from '@ringback/sender'
import type { Queues } from './queues.ts'
import { type Row, toDelivery } from './row.ts'
import { transaction } from './transaction.ts'

/** Prepares the sweep: it ends leases that were lost, and what has expired. */
export function createSweep(
  database: DatabaseSync,
  queues: Queues,
): (limit: LostLeases, now: number) => readonly Delivery[] {
  // by name, since SQLite would read every delivery of the state, a hundred thousand perhaps, at each claim
  const isDue = database.prepare(`
    SELECT 1 FROM ringback_delivery INDEXED BY ringback_delivery_lease
    WHERE state = 'sending' AND lease_ends_at <= ?1
    UNION ALL
    SELECT 1 FROM ringback_delivery INDEXED BY ringback_delivery_expiry
    WHERE expires_at IS NOT NULL AND state = 'scheduled' AND expires_at <= ?1
    LIMIT 1`)
  const release = database.prepare(`
    UPDATE ringback_delivery INDEXED BY ringback_delivery_lease
    SET lease = lease + 1, lease_ends_at = NULL, lost_leases = lost_leases + 1,
      state = iif(lost_leases + 1 < ?1, 'scheduled', 'dead'),
      due_at = iif(lost_leases + 1 < ?1, ?2, NULL),
      ended_at = iif(lost_leases + 1 < ?1, NULL, ?2),
      reason = iif(lost_leases + 1 < ?1, NULL, 'internal'),
      detail = iif(lost_leases + 1 < ?1, NULL, ?3)
    WHERE state = 'sending' AND lease_ends_at <= ?2
    RETURNING *`)
  const expire = database.prepare(`
    UPDATE ringback_delivery INDEXED BY ringback_delivery_expiry
    SET state = 'dead', reason = 'expired', detail = 'expired before it was delivered', ended_at = ?1
    WHERE expires_at IS NOT NULL AND state = 'scheduled' AND expires_at <= ?1
    RETURNING *`)

  return ({ most, detail }, now) => {
    // without a transaction while there is nothing to do
    if (isDue.get(now) === undefined) return []
    return transaction(database, () => {
      const rows: readonly Row[] = [...release.all(most, now, detail), ...expire.all(now)]
      for (const row of rows) queues.release(row)
      return rows.map(toDelivery)
    })
  }
}
