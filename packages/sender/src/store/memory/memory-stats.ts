import { isFinal } from '../delivery-keys.ts'
import type { DeliveryStore } from '../delivery-store.ts'
import { sumGroups } from '../stats/count-groups.ts'
import type { StoreClock } from '../store-clock.ts'
import type { Rows } from './rows.ts'

type Stats = Required<Pick<DeliveryStore, 'stats'>>

/** Makes the method of a store in memory that tells what it has counted. */
export function createMemoryStats(rows: Rows, clock: StoreClock): Stats {
  return {
    async stats(filter) {
      const now = clock.now()
      const { owner, callback, endpoint } = filter
      const waiting = { scheduled: 0, parked: 0, sending: 0 }
      let oldest: number | undefined
      for (const row of rows.byId.values()) {
        const { delivery, queue } = row
        if (isFinal(delivery)) continue
        if (owner !== undefined && delivery.owner !== owner) continue
        if (callback !== undefined && delivery.callback !== callback) continue
        if (endpoint !== undefined && delivery.endpoint !== endpoint) continue
        const isParked = delivery.state === 'scheduled' && queue.isHeld(now)
        if (delivery.state === 'sending') waiting.sending += 1
        else if (isParked) waiting.parked += 1
        else waiting.scheduled += 1
        const { state, dueAt = now } = delivery
        if (state === 'scheduled' && !isParked && dueAt <= now && !rows.isBehind(row)) {
          oldest = Math.min(oldest ?? now, dueAt)
        }
      }
      const { counted } = rows
      counted.rollUp(now)
      return {
        ...sumGroups(counted.select(filter), filter.since),
        waiting,
        ...(oldest !== undefined && { oldestDue: now - oldest }),
      }
    },
  }
}
