import type { DatabaseSync } from 'node:sqlite'
import type { ClaimedDelivery } from '@ringback/sender'

/** Prepares extending a lease to a time; `false` when the lease was lost. */
export function prepareExtend(
  database: DatabaseSync,
): (claimed: ClaimedDelivery, end: number) => boolean {
  const update = database.prepare(`
    UPDATE ringback_delivery SET lease_ends_at = ? WHERE id = ? AND lease = ? AND state = 'sending'`)
  return ({ id, lease }, end) => update.run(end, id, lease).changes === 1
}
