import type { Delivery } from '@ringback/core'
import type { Clock } from '../../clock.ts'
import type { ClaimedDelivery, DeliveryStore } from '../delivery-store.ts'
import { EXPIRED } from '../expired.ts'
import type { Row, Rows } from './rows.ts'

type Claims = Pick<DeliveryStore, 'claim' | 'commit' | 'extend' | 'sweep'>

/** Makes the methods of a store in memory that workers call. */
export function createMemoryClaims(rows: Rows, clock: Pick<Clock, 'now'>): Claims {
  return {
    async claim({ limit, lease, limits = { endpoint: {} } }) {
      const now = clock.now()
      const deliveries: ClaimedDelivery[] = []
      const onTake = (row: Row, isProbe: boolean) => {
        rows.take(row, now + lease)
        deliveries.push({ ...row.delivery, lease: row.lease, isProbe })
      }
      rows.queues.take({ limit, lease, limits, now, onTake })
      const nextDueAt = rows.queues.nextAt()
      return { deliveries, ...(nextDueAt !== undefined && { nextDueAt }) }
    },

    async commit({ id, lease }, transition, attempt) {
      const row = rows.byId.get(id)
      if (row === undefined) return 'lost'
      const { state } = row.delivery
      const isOurs = row.lease === lease && (state === 'sending' || state === 'cancelled')
      if (attempt) row.attempts.push(isOurs ? attempt : { ...attempt, isOrphan: true })
      if (!isOurs) return 'lost'
      if (transition.endpoint) row.queue.set(transition.endpoint)
      if (state === 'cancelled' && transition.state !== 'delivered') return 'cancelled'
      row.lostLeases = 0
      rows.change(row, transition)
      return 'done'
    },

    async extend({ id, lease }, milliseconds) {
      const row = rows.byId.get(id)
      if (row?.delivery.state !== 'sending' || row.lease !== lease) return false
      row.leaseEndsAt = clock.now() + milliseconds
      return true
    },

    async sweep({ most, detail }) {
      const now = clock.now()
      const changed: Delivery[] = []
      for (const row of rows.sending) {
        if (row.leaseEndsAt > now) continue
        row.lostLeases += 1
        row.lease += 1
        const isLast = row.lostLeases >= most
        if (isLast) rows.change(row, { state: 'dead', reason: 'internal', detail })
        else rows.change(row, { state: 'scheduled', dueAt: now })
        changed.push(rows.present(row))
      }
      const { expiries } = rows
      for (let next = expiries.peek(); next && next.at <= now; next = expiries.peek()) {
        expiries.pop()
        if (next.item.delivery.state !== 'scheduled') continue
        rows.change(next.item, EXPIRED)
        changed.push(rows.present(next.item))
      }
      return changed
    },
  }
}
