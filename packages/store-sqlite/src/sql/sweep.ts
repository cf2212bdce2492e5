import type { Delivery } from '@ringback/sender'
import { EXPIRED, LOST, MOST_LOST_LEASES, type StoreClock } from '@ringback/sender/store'
import { LATEST_TIME, NEXT_LEASE } from './damage.ts'
import { toDelivery } from './delivery-row.ts'
import { endLive } from './end-live.ts'
import { findRow } from './find-row.ts'
import type { Queues } from './queues.ts'
import type { SqlDriver } from './sql-driver.ts'

/** Ends what is over. */
export interface Sweep {
  /** Whether a lease or a delivery is over. */
  isNeeded(): boolean
  /** Ends some, in a transaction; gives them as they are then. */
  run(): readonly Delivery[]
  /** Milliseconds until the next lease or expiry ends; `undefined` when none is left. */
  nextIn(): number | undefined
}

// so that one sweep does not take long
const BATCH = 100
// by name, since SQLite would read every live delivery at each claim
const FROM_SENDING = `FROM ringback_live INDEXED BY ringback_live_sending WHERE state = 'sending'`
// a lease without an end, or with one that was never set, has ended
const IS_OVER = `NOT coalesce(lease_ends_at > ? AND lease_ends_at <= ${LATEST_TIME}, FALSE)`
const FROM_EXPIRING = `
  FROM ringback_live INDEXED BY ringback_live_expiry
  WHERE expires_at IS NOT NULL AND state = 'scheduled'`
const ANY = `
  SELECT 1 ${FROM_SENDING} AND ${IS_OVER}
  UNION ALL SELECT 1 ${FROM_EXPIRING} AND expires_at <= ? LIMIT 1`
const LEASES = `
  SELECT id, owner, endpoint, order_key, lost_leases
  ${FROM_SENDING} AND ${IS_OVER} LIMIT ${BATCH}`
const EXPIRED_ROWS = `
  SELECT id, owner, endpoint, order_key
  ${FROM_EXPIRING} AND expires_at <= ? LIMIT ${BATCH}`
const REQUEUE = `
  UPDATE ringback_live
  SET state = 'scheduled', due_at = ?, detail = NULL,
    lease = ${NEXT_LEASE}, lease_ends_at = NULL, lost_leases = lost_leases + 1
  WHERE id = ?`
const NEXT = `
  SELECT (SELECT min(lease_ends_at) ${FROM_SENDING}) AS lease,
    (SELECT min(expires_at) ${FROM_EXPIRING}) AS expiry`

/** Prepares the sweep, which returns deliveries whose lease was lost to their queue and ends expired ones. */
export function prepareSweep(driver: SqlDriver, queues: Queues, clock: StoreClock): Sweep {
  return {
    isNeeded: () => driver.get(ANY, clock.now(), clock.wall()) !== undefined,

    run() {
      const now = clock.now()
      const ids = new Set<string>()
      for (const row of driver.all(LEASES, now)) {
        const id = String(row.id)
        ids.add(id)
        if (Number(row.lost_leases) + 1 >= MOST_LOST_LEASES) {
          endLive(driver, queues, row, { ...LOST, keepsLease: false, now })
          continue
        }
        driver.run(REQUEUE, now, id)
        queues.touch({ owner: String(row.owner), endpoint: String(row.endpoint) })
      }
      for (const row of driver.all(EXPIRED_ROWS, clock.wall())) {
        ids.add(String(row.id))
        endLive(driver, queues, row, { ...EXPIRED, keepsLease: true, now })
      }
      const rows = [...ids].map((id) => findRow(driver, id)).filter((row) => row !== undefined)
      return rows.map((row) => toDelivery(row))
    },

    nextIn() {
      const row = driver.get(NEXT)
      const times: number[] = []
      if (typeof row?.lease === 'number') times.push(row.lease - clock.now())
      if (typeof row?.expiry === 'number') times.push(row.expiry - clock.wall())
      return times.length === 0 ? undefined : Math.max(0, Math.min(...times))
    },
  }
}
