import { endpointKeyOf, isFinal } from '../delivery-keys.ts'
import { rollUpGroups, selectGroups, sumGroups } from '../stats/read-groups.ts'
import {
  type HeldEndpoint,
  type StatsFilter,
  type StoredStats,
  sortHeld,
} from '../stats/stored-stats.ts'
import type { StoreClock } from '../store-clock.ts'
import type { Row, Rows } from './rows.ts'

// loaded by the first call of `stats`

/** Tells what a store in memory has counted, and what waits in it. */
export function readMemoryStats(rows: Rows, clock: StoreClock, filter: StatsFilter): StoredStats {
  const now = clock.now()
  const { owner, callback, endpoint } = filter
  const waiting = { scheduled: 0, parked: 0, sending: 0 }
  const held = new Map<string, HeldEndpoint>()
  let oldest: number | undefined
  for (const row of rows.byId.values()) {
    const { delivery, queue } = row
    if (isFinal(delivery)) continue
    if (owner !== undefined && delivery.owner !== owner) continue
    if (callback !== undefined && delivery.callback !== callback) continue
    if (endpoint !== undefined && delivery.endpoint !== endpoint) continue
    const isParked = delivery.state === 'scheduled' && queue.isHeld(now)
    if (delivery.state === 'sending') waiting.sending += 1
    else if (isParked) {
      waiting.parked += 1
      countHeld(held, row)
    } else waiting.scheduled += 1
    const { state, dueAt = now } = delivery
    if (state === 'scheduled' && !isParked && dueAt <= now && !rows.isBehind(row)) {
      oldest = Math.min(oldest ?? now, dueAt)
    }
  }
  const { counted } = rows
  rollUpGroups(counted, now)
  return {
    ...sumGroups(selectGroups(counted, filter), filter),
    waiting,
    ...(filter.held && { held: sortHeld([...held.values()]) }),
    ...(oldest !== undefined && { oldestDue: now - oldest }),
  }
}

function countHeld(held: Map<string, HeldEndpoint>, { delivery, queue }: Row): void {
  const { owner, endpoint = '' } = delivery
  const { heldUntil = 0 } = queue.health
  const key = endpointKeyOf(owner, endpoint)
  const parked = (held.get(key)?.parked ?? 0) + 1
  held.set(key, { owner, endpoint, heldUntil, parked })
}
