import { isFinal } from '../delivery-keys.ts'
import type { Allotment, DeliveryRecord, DeliveryStore, OwnerScope } from '../delivery-store.ts'
import { HELD_FOREVER, release } from '../endpoint-health.ts'
import { matchesFilter } from '../matches-filter.ts'
import type { StoreClock } from '../store-clock.ts'
import type { Row, Rows } from './rows.ts'

type Records = Pick<DeliveryStore, 'cancel' | 'redrive' | 'find' | 'query' | 'erase'>

/** Makes the methods of a store in memory that operators call. */
export function createMemoryRecords(rows: Rows, clock: StoreClock): Records {
  const findOf = (id: string, { owner }: OwnerScope): Row | undefined => {
    const row = rows.byId.get(id)
    return owner === undefined || row?.delivery.owner === owner ? row : undefined
  }
  return {
    async cancel(id, scope = {}) {
      const row = findOf(id, scope)
      if (row && !isFinal(row.delivery)) {
        // a worker that is sending it may still commit that it was delivered; no other may
        if (row.delivery.state === 'scheduled') row.lease += 1
        rows.change(row, { state: 'cancelled' })
      }
      return row && rows.present(row)
    },

    async redrive(id, scope = {}) {
      const row = findOf(id, scope)
      if (row === undefined) return undefined
      const { state } = row.delivery
      if (state === 'dead' || state === 'scheduled') rows.redrive(row)
      const now = clock.now()
      // the next delivery is its probe, unless it is disabled
      const isHeld = row.queue.isHeld(now) && row.queue.health.heldUntil !== HELD_FOREVER
      if (isHeld) row.queue.setHealth(release(row.queue.health, now))
      return rows.present(row)
    },

    find: async (id) => rows.byId.get(id)?.delivery,

    async query(filter = {}) {
      const { id, limit = 100 } = filter
      const [one] = id === undefined ? [] : [rows.byId.get(id)]
      const all = id === undefined ? [...rows.byId.values()] : one ? [one] : []
      const found: DeliveryRecord[] = []
      for (const row of all.sort(newestFirst)) {
        if (found.length === limit) break
        const delivery = rows.present(row)
        if (matchesFilter(delivery, filter))
          found.push({ ...delivery, attempts: [...row.attempts] })
      }
      return found
    },

    async erase(options) {
      const { id, owner, exchangeKey, age, beyond } = options
      const { limit = Number.POSITIVE_INFINITY } = options
      const endedBefore = age === undefined ? Number.POSITIVE_INFINITY : clock.now() - age
      let erased = 0
      for (const row of beyond ? surplusOf(rows.final, beyond) : rows.final) {
        if (erased >= limit) break
        if (row.endedAt >= endedBefore) break
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

/** Gives the rows of each owner that are more than it may keep, oldest first. */
function surplusOf(final: Iterable<Row>, { count, bytes }: Allotment): Row[] {
  const kept = new Map<string, { count: number; bytes: number }>()
  const surplus: Row[] = []
  for (const row of [...final].sort(newestFirst)) {
    const { owner, payload } = row.delivery
    const used = kept.get(owner) ?? { count: 0, bytes: 0 }
    kept.set(owner, used)
    used.count += 1
    used.bytes += payload.byteLength
    if (used.count > count || used.bytes > bytes) surplus.push(row)
  }
  return surplus.reverse()
}

function newestFirst(a: Row, b: Row): number {
  return a.delivery.id < b.delivery.id ? 1 : -1
}
