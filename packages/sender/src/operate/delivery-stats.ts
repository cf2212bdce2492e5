import type { DeadReason } from '@ringback/core'
import { percentileOf } from '../store/stats/latency-buckets.ts'
import type { HeldEndpoint, StoredStats } from '../store/stats/stored-stats.ts'

/** How it went from a time on: how many, how well, how fast. Shares are from 0 to 1; times are milliseconds. */
export interface DeliveryStats {
  /** The beginning of what is counted: the minute, hour or day of the time that was asked for, since the Unix epoch. */
  readonly since: number
  /** How many deliveries are `scheduled`, `parked` and `sending` now, and how many have come to another state since. */
  readonly states: {
    readonly scheduled: number
    readonly parked: number
    readonly sending: number
    readonly delivered: number
    readonly dead: number
    readonly cancelled: number
    readonly unresolvable: number
  }
  /** How many have died, by reason. */
  readonly deaths: Partial<Readonly<Record<DeadReason, number>>>
  /** The share of those delivered or dead since that were delivered; absent when there is none. */
  readonly successRate?: number
  readonly failureRate?: number
  readonly attempts: {
    readonly total: number
    /** Those with a 2xx response. */
    readonly succeeded: number
    readonly failed: number
    /** By status, such as `503`, or by reason where there is none, such as `timeout`. */
    readonly outcomes: Readonly<Record<string, number>>
  }
  /** The time from when a delivery was first due until it was delivered, within a tenth; absent when none was. */
  readonly latency?: { readonly p50: number; readonly p95: number; readonly p99: number }
  /** How long ago the delivery was due that has waited longest, of those that may be sent; absent without any. */
  readonly oldestDue?: number
  /** The numbers of the shards of the store that are down, whose figures are missing; absent when all respond. */
  readonly missing?: readonly number[]
  /** By minute, hour or day, if the filter has `every`: those alone in which something was counted, oldest first. */
  readonly spans?: readonly StatsSpan[]
  /** The endpoints that are held, if the filter has `held`: at most 100, those for which most deliveries wait first. */
  readonly held?: readonly HeldEndpoint[]
}

/** How it went in a minute, an hour or a day. */
export interface StatsSpan
  extends Pick<
    DeliveryStats,
    'since' | 'deaths' | 'successRate' | 'failureRate' | 'attempts' | 'latency'
  > {
  /** Milliseconds. */
  readonly length: number
  /** How many deliveries have come to a final state. */
  readonly states: Pick<
    DeliveryStats['states'],
    'delivered' | 'dead' | 'cancelled' | 'unresolvable'
  >
}

/** Reads the counts of a store. */
export function describeStats(stored: StoredStats): DeliveryStats {
  const { since, waiting, oldestDue, counts, spans, held, missing } = stored
  const { states, ...counted } = describeCounts(counts)
  return {
    since,
    states: { ...waiting, ...states },
    ...counted,
    ...(oldestDue !== undefined && { oldestDue }),
    ...(spans && {
      spans: spans.map(({ at, length, counts }) => ({
        since: at,
        length,
        ...describeCounts(counts),
      })),
    }),
    ...(held && { held }),
    ...(missing && { missing }),
  }
}

function describeCounts(counts: ReadonlyMap<string, number>): Omit<StatsSpan, 'since' | 'length'> {
  const states = { delivered: 0, dead: 0, cancelled: 0, unresolvable: 0 }
  const deaths: Partial<Record<string, number>> = {}
  const outcomes: Record<string, number> = {}
  const attempts = { total: 0, succeeded: 0, failed: 0 }
  const latencies = new Map<number, number>()
  for (const [key, count] of counts) {
    const [kind, name = '', reason] = key.split(' ')
    if (kind === 'latency') latencies.set(Number(name), count)
    if (kind === 'end' && isEnd(name)) states[name] += count
    if (kind === 'end' && reason !== undefined) deaths[reason] = count
    if (kind !== 'attempt') continue
    outcomes[name] = count
    attempts.total += count
    attempts[isSuccess(name) ? 'succeeded' : 'failed'] += count
  }
  const ended = states.delivered + states.dead
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentileOf(latencies, share))
  return {
    states,
    deaths,
    ...(ended > 0 && {
      successRate: states.delivered / ended,
      failureRate: states.dead / ended,
    }),
    attempts: { ...attempts, outcomes },
    ...(p50 !== undefined &&
      p95 !== undefined &&
      p99 !== undefined && { latency: { p50, p95, p99 } }),
  }
}

const ENDS = ['delivered', 'dead', 'cancelled', 'unresolvable'] as const

function isEnd(name: string): name is (typeof ENDS)[number] {
  return ENDS.some((end) => end === name)
}

/** A response that breaks its declaration has delivered all the same. */
function isSuccess(outcome: string): boolean {
  return /^2\d\d$/.test(outcome) || outcome === 'declaration'
}
