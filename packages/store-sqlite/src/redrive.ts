import type { DatabaseSync } from 'node:sqlite'
import type { Delivery } from '@ringback/sender'
import { toDelivery } from './delivery-row.ts'
import { prepareFindRow } from './find-row.ts'
import { laneOfRow } from './lane.ts'
import type { Queues } from './queues.ts'
import { runInTransaction } from './run-in-transaction.ts'

/** Prepares making a delivery due now that is dead or waits; gives the delivery as it is then. */
export function prepareRedrive(
  database: DatabaseSync,
  queues: Queues,
): (id: string, now: number) => Delivery | undefined {
  const revive = database.prepare(`
    UPDATE ringback_delivery
    SET state = 'scheduled', reason = NULL, detail = NULL, expires_at = NULL, ended_at = NULL,
      due_at = ?, attempts = 0, refusals = 0, lost_leases = 0, waiting = ?
    WHERE id = ?`)
  const hasten = database.prepare('UPDATE ringback_delivery SET due_at = ? WHERE id = ?')
  const endHold = database.prepare(`
    UPDATE ringback_endpoint SET held_until = ? WHERE owner = ? AND endpoint = ? AND held_until > ?`)
  const findRow = prepareFindRow(database)

  return (id, now) =>
    runInTransaction(database, () => {
      const row = findRow(id)
      if (row === undefined) return undefined
      const lane = laneOfRow(row)
      if (row.state === 'dead') {
        const isBehind = queues.isBehind(id, lane)
        revive.run(now, isBehind ? 1 : 0, id)
        if (!isBehind) queues.add(lane, now)
      } else if (row.state === 'scheduled') {
        hasten.run(now, id)
      }
      endHold.run(now, lane.owner, lane.endpoint, now)
      queues.refresh(lane)
      const changed = findRow(id)
      return changed && toDelivery(changed)
    })
}
