import type { Delivery } from '@ringback/sender'
import type { OwnerScope } from '@ringback/sender/store'
import { toDelivery } from './delivery-row.ts'
import { endLive } from './end-live.ts'
import { findLive, findRow } from './find-row.ts'
import type { Queues } from './queues.ts'
import type { SqlDriver } from './sql-driver.ts'

/** Prepares cancelling a delivery that is not final, in a transaction; gives the delivery as it is then. */
export function prepareCancel(
  driver: SqlDriver,
  queues: Queues,
): (id: string, scope: OwnerScope, now: number) => Delivery | undefined {
  return (id, { owner }, now) => {
    const live = findLive(driver, id)
    if (live && (owner ?? live.owner) === live.owner) {
      // the lease of a delivery that is being sent stays, so that its worker may still say that it was delivered
      const keepsLease = live.state === 'sending'
      endLive(driver, queues, live, { state: 'cancelled', keepsLease, now })
    }
    const row = findRow(driver, id)
    return row && (owner ?? row.owner) === row.owner ? toDelivery(row) : undefined
  }
}
