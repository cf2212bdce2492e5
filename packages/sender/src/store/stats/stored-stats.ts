/** Selects what is counted; every given condition must hold. */
export interface StatsFilter {
  readonly owner?: string
  readonly callback?: string
  /** The origin that they are sent to. */
  readonly endpoint?: string
  /** The beginning, in milliseconds since the Unix epoch; to the minute for three hours, to the hour for three days, to the day for thirty. */
  readonly since: number
  /** Counts each minute, hour or day as well; those of which only a longer span is known stay one. */
  readonly every?: 'minute' | 'hour' | 'day'
  /** Whether the endpoints that are held are listed as well. */
  readonly held?: boolean
}

/** What was counted in a span of time. */
export interface StoredSpan {
  /** The start of the span, and its length. */
  readonly at: number
  readonly length: number
  readonly counts: ReadonlyMap<string, number>
}

/** An endpoint to which nothing is sent now, and for which deliveries wait. */
export interface HeldEndpoint {
  readonly owner: string
  /** An origin, or the id of a registered endpoint. */
  readonly endpoint: string
  /** Milliseconds since the Unix epoch; of a disabled endpoint, the latest time that a `Date` can hold. */
  readonly heldUntil: number
  /** How many deliveries wait for it. */
  readonly parked: number
}

/** How many endpoints are listed at most: those for which most deliveries wait. */
export const MOST_HELD = 100

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
  /** Those in which something was counted, oldest first, when the filter asks for them. */
  readonly spans?: readonly StoredSpan[]
  /** Those for which most deliveries wait first, when the filter asks for them. */
  readonly held?: readonly HeldEndpoint[]
}

/** Adds up what several stores have counted. */
export function addStats([first, ...others]: readonly [
  StoredStats,
  ...StoredStats[],
]): StoredStats {
  return others.reduce((sum, one) => {
    const counts = addCounts(new Map(sum.counts), one.counts)
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
      ...(sum.spans && one.spans && { spans: addSpans([...sum.spans, ...one.spans]) }),
      ...(sum.held && one.held && { held: sortHeld([...sum.held, ...one.held]) }),
    }
  }, first)
}

/** Adds counts to others, and gives these. */
export function addCounts(
  to: Map<string, number>,
  counts: ReadonlyMap<string, number>,
): Map<string, number> {
  for (const [key, count] of counts) to.set(key, (to.get(key) ?? 0) + count)
  return to
}

/** Makes one of the spans of the same time and length; the oldest first. */
export function addSpans(spans: Iterable<StoredSpan>): readonly StoredSpan[] {
  const sums = new Map<string, StoredSpan & { readonly counts: Map<string, number> }>()
  for (const { at, length, counts } of spans) {
    const key = `${at} ${length}`
    const sum = sums.get(key) ?? { at, length, counts: new Map<string, number>() }
    addCounts(sum.counts, counts)
    sums.set(key, sum)
  }
  return [...sums.values()].sort((a, b) => a.at - b.at || a.length - b.length)
}

/** Gives the endpoints for which most deliveries wait, the first first. */
export function sortHeld(held: readonly HeldEndpoint[]): readonly HeldEndpoint[] {
  return held.toSorted((a, b) => b.parked - a.parked).slice(0, MOST_HELD)
}
