/** Selects what is counted; every given condition must hold. */
export interface StatsFilter {
  readonly owner?: string
  readonly callback?: string
  /** The origin that they are sent to. */
  readonly endpoint?: string
  /** The beginning, in milliseconds since the Unix epoch; to the minute for three hours, to the hour for three days, to the day for thirty. */
  readonly since: number
}

/** What a store has counted, and what waits now. */
export interface StoredStats {
  /** The beginning of the first span that is counted. */
  readonly since: number
  /** How many deliveries are not final now. */
  readonly waiting: {
    readonly scheduled: number
    readonly parked: number
    readonly sending: number
  }
  /** Milliseconds since the delivery that has waited longest was due, of those that may be sent; absent without any. */
  readonly oldestDue?: number
  /** By the keys of `endKey`, `attemptKey` and `latencyKey`. */
  readonly counts: ReadonlyMap<string, number>
  /** The numbers of the shards that have not responded, whose figures are missing; absent where there are none. */
  readonly missing?: readonly number[]
}

/** Adds up what several stores have counted. */
export function addStats([first, ...others]: readonly [
  StoredStats,
  ...StoredStats[],
]): StoredStats {
  return others.reduce((sum, one) => {
    const counts = new Map(sum.counts)
    for (const [key, count] of one.counts) counts.set(key, (counts.get(key) ?? 0) + count)
    const ages = [sum.oldestDue, one.oldestDue].filter((age) => age !== undefined)
    return {
      since: Math.min(sum.since, one.since),
      waiting: {
        scheduled: sum.waiting.scheduled + one.waiting.scheduled,
        parked: sum.waiting.parked + one.waiting.parked,
        sending: sum.waiting.sending + one.waiting.sending,
      },
      ...(ages.length > 0 && { oldestDue: Math.max(...ages) }),
      counts,
    }
  }, first)
}
