import type { DatabaseSync } from 'node:sqlite'
import type { Delivery } from '@ringback/sender'
import { toDelivery } from './delivery-row.ts'
import { prepareFindRow } from './find-row.ts'
import { laneOfRow } from './lane.ts'
import type { Queues } from './queues.ts'
import { runInTransaction } from './run-in-transaction.ts'

/** Prepares cancelling a delivery that is not final; gives the delivery as it is then. */
export function prepareCancel(
  database: DatabaseSync,
  queues: Queues,
): (id: string, now: number) => Delivery | undefined {
  // the lease of a delivery that is being sent stays, so that its worker may still say that it was delivered
  const update = database.prepare(`
    UPDATE ringback_delivery
    SET state = 'cancelled', reason = NULL, detail = NULL, ended_at = ?, lease_ends_at = NULL,
      lease = iif(state = 'scheduled', lease + 1, lease)
    WHERE id = ? AND state IN ('scheduled', 'sending') RETURNING *`)
  const findRow = prepareFindRow(database)

  return (id, now) => {
    const cancelled = runInTransaction(database, () => {
      const row = update.get(now, id)
      if (row) queues.release(laneOfRow(row))
      return row
    })
    const row = cancelled ?? findRow(id)
    return row && toDelivery(row)
  }
}
