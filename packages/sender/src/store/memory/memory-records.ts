import type { Clock } from '../../clock.ts'
import { isFinal } from '../delivery-keys.ts'
import type { DeliveryRecord, DeliveryStore } from '../delivery-store.ts'
import type { Rows } from './rows.ts'

type Records = Pick<DeliveryStore, 'cancel' | 'redrive' | 'find' | 'query' | 'erase'>

/** Makes the methods of a store in memory that operators call. */
export function createMemoryRecords(rows: Rows, clock: Pick<Clock, 'now'>): Records {
  return {
    async cancel(id) {
      const row = rows.byId.get(id)
      if (row && !isFinal(row.delivery)) {
        // a worker that is sending it may still commit that it was delivered; no other may
        if (row.delivery.state === 'scheduled') row.lease += 1
        rows.change(row, { state: 'cancelled' })
      }
      return row && rows.present(row)
    },

    async redrive(id) {
      const row = rows.byId.get(id)
      if (row === undefined) return undefined
      const { state } = row.delivery
      if (state === 'dead' || state === 'scheduled') rows.redrive(row)
      const now = clock.now()
      if (row.queue.isHeld(now)) row.queue.set({ heldUntil: now })
      return rows.present(row)
    },

    find: async (id) => rows.byId.get(id)?.delivery,

    async query({ id, state, owner, limit = 100 } = {}) {
      const found: DeliveryRecord[] = []
      const [one] = id === undefined ? [] : [rows.byId.get(id)]
      const all = id === undefined ? [...rows.byId.values()].reverse() : one ? [one] : []
      for (const row of all) {
        if (found.length === limit) break
        const delivery = rows.present(row)
        if (state !== undefined && delivery.state !== state) continue
        if (owner !== undefined && delivery.owner !== owner) continue
        found.push({ ...delivery, attempts: [...row.attempts] })
      }
      return found
    },

    async erase(options) {
      const { id, owner, exchangeKey, endedBefore } = options
      const { keep = 0, limit = Number.POSITIVE_INFINITY } = options
      const most = Math.min(limit, rows.final.size - keep)
      let erased = 0
      for (const row of rows.final) {
        if (erased >= most) break
        if (endedBefore !== undefined && row.endedAt >= endedBefore) break
        if (id !== undefined && row.delivery.id !== id) continue
        if (owner !== undefined && row.delivery.owner !== owner) continue
        if (exchangeKey !== undefined && row.delivery.exchangeKey !== exchangeKey) continue
        rows.remove(row)
        erased += 1
      }
      return erased
    },
  }
}
