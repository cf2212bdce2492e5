import type { Delivery } from '@ringback/core'
import type { Attempt } from '../attempt.ts'
import type { StoredDelivery } from '../delivery-store.ts'
import { latencyOf } from '../latency-of.ts'
import { attemptKey, endKey, latencyKey } from './count-keys.ts'

/** Whose deliveries are counted together. */
export interface CountPlace {
  readonly owner: string
  readonly callback: string
  /** `''` for deliveries that have none. */
  readonly endpoint: string
}

/** The counts of one place in one span of time. */
export interface CountGroup extends CountPlace {
  /** The start of the span, and its length. */
  readonly at: number
  readonly length: number
  readonly counts: ReadonlyMap<string, number>
}

/** Counts in memory: all of a store's, or those that a store has still to write. */
export interface CountGroups {
  /** Counts a delivery that has come to a final state. */
  countEnd(
    delivery: Pick<Delivery, 'owner' | 'callback' | 'endpoint' | 'state' | 'reason'>,
    now: number,
  ): void
  /** Counts an attempt, and the latency of the delivery where that has delivered it. */
  countAttempt(
    delivery: Pick<StoredDelivery, 'owner' | 'callback' | 'endpoint' | 'createdAt' | 'settings'>,
    attempt: Attempt,
    options: { readonly isDelivered: boolean; readonly now: number },
  ): void
  /** Adds counts, such as those of another. */
  add(group: CountGroup): void
  all(): readonly CountGroup[]
  remove(group: CountGroup): void
  clear(): void
  readonly size: number
}

type WritableGroup = CountGroup & { readonly counts: Map<string, number> }

// the first of the levels
const MINUTE = 60_000
const MOST = 20_000

/** An origin has no space. */
function keyOf({ at, length, owner, callback, endpoint }: Omit<CountGroup, 'counts'>): string {
  return `${at} ${length} ${endpoint} ${callback.length} ${callback}${owner}`
}

/** Makes empty counts. */
export function createCountGroups(): CountGroups {
  const groups = new Map<string, WritableGroup>()
  // most counts follow one of the same place and minute
  let last: WritableGroup | undefined

  const groupOf = (at: number, length: number, { owner, callback, endpoint }: CountPlace) => {
    const key = keyOf({ at, length, owner, callback, endpoint })
    const known = groups.get(key)
    if (known) return known
    const group = { at, length, owner, callback, endpoint, counts: new Map<string, number>() }
    groups.set(key, group)
    if (groups.size > MOST) shrink()
    return group
  }
  const groupNow = (
    { owner, callback, endpoint = '' }: Pick<Delivery, 'owner' | 'callback' | 'endpoint'>,
    now: number,
  ) => {
    const at = now - (now % MINUTE)
    const isLast =
      last?.at === at &&
      last.endpoint === endpoint &&
      last.callback === callback &&
      last.owner === owner
    if (last === undefined || !isLast) last = groupOf(at, MINUTE, { owner, callback, endpoint })
    return last.counts
  }
  const addTo = (counts: Map<string, number>, key: string, count = 1) =>
    counts.set(key, (counts.get(key) ?? 0) + count)
  /** Of the older half, adds up the endpoints: strangers make up as many as they like. What is still too much is lost. */
  const shrink = () => {
    const older = [...groups.values()].slice(0, MOST / 2)
    for (const group of older) remove(group)
    for (const group of older) add({ ...group, endpoint: '' })
    // so many owners and callbacks that the oldest go
    if (groups.size > MOST - MOST / 4) for (const group of older) remove({ ...group, endpoint: '' })
  }
  const add = ({ at, length, counts, ...place }: CountGroup) => {
    const group = groupOf(at, length, place)
    for (const [key, count] of counts) addTo(group.counts, key, count)
  }
  const remove = (group: CountGroup) => {
    groups.delete(keyOf(group))
    if (group === last) last = undefined
  }

  return {
    countEnd(delivery, now) {
      addTo(groupNow(delivery, now), endKey(delivery))
    },
    countAttempt(delivery, attempt, { isDelivered, now }) {
      const counts = groupNow(delivery, now)
      addTo(counts, attemptKey(attempt))
      if (isDelivered) addTo(counts, latencyKey(latencyOf(delivery, attempt)))
    },
    add,
    all: () => [...groups.values()],
    remove,
    clear() {
      groups.clear()
      last = undefined
    },
    get size() {
      return groups.size
    },
  }
}
