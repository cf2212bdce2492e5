import type { Delivery } from '@ringback/sender'
import type { OwnerScope } from '@ringback/sender/store'
import { NEXT_LEASE } from './damage.ts'
import { toDelivery } from './delivery-row.ts'
import type { EndpointRows } from './endpoint-rows.ts'
import { findRow } from './find-row.ts'
import type { Queues } from './queues.ts'
import type { SqlDriver } from './sql-driver.ts'

const REVIVE = `
  INSERT INTO ringback_live
    (id, message, owner, endpoint, order_key, redrive_of, attempts, refusals, lease, due_at, waiting,
      callback)
  SELECT id, message, owner, endpoint, order_key, redrive_of, 0, 0, ${NEXT_LEASE}, ?, ?,
    coalesce((SELECT m.callback FROM ringback_message AS m WHERE m.seq = ringback_done.message), '')
  FROM ringback_done WHERE id = ?`
const BYTES = 'SELECT bytes FROM ringback_done WHERE id = ?'
const DELETE = 'DELETE FROM ringback_done WHERE id = ?'
const HASTEN = 'UPDATE ringback_live SET due_at = ? WHERE id = ?'

/** Prepares making a delivery due now that is dead or waits, in a transaction; gives it as it is then. */
export function prepareRedrive(
  driver: SqlDriver,
  queues: Queues,
  endpoints: EndpointRows,
): (id: string, scope: OwnerScope, now: number) => Delivery | undefined {
  return (id, scope, now) => {
    const row = findRow(driver, id)
    if (row === undefined || (scope.owner ?? row.owner) !== row.owner) return undefined
    const owner = String(row.owner)
    const endpoint = String(row.endpoint)
    const orderKey = typeof row.order_key === 'string' ? row.order_key : null
    if (row.state === 'dead') {
      const isBehind = queues.isBehind(id, { owner, endpoint, orderKey })
      queues.keep(owner, -1, -Number(driver.get(BYTES, id)?.bytes ?? 0))
      driver.run(REVIVE, now, isBehind ? 1 : 0, id)
      driver.run(DELETE, id)
    } else if (row.state === 'scheduled') {
      driver.run(HASTEN, now, id)
    }
    endpoints.endHold({ owner, endpoint }, now)
    const changed = findRow(driver, id)
    return changed && toDelivery(changed)
  }
}
