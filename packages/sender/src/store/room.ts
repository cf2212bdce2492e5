import { allowanceOf } from './allowance.ts'
import type { RequestLimit } from './request-limits.ts'

/** The use of a limit so far. */
export interface Usage {
  /** How many requests are being made; read only where concurrency is limited. */
  readonly sending: number
  /** The time up to which the rate is used up. */
  readonly usedUpTo: number
}

/** How many more requests a limit allows now. */
export interface Room {
  readonly count: number
  /** More are allowed only when a request has ended. */
  readonly isFull: boolean
  /** When the next one is allowed, if the rate allows none now; otherwise 0. */
  readonly nextAt: number
  /** Gives the time up to which the rate is used up after so many requests. */
  after(used: number): number
}

/** Gives how many more requests a limit allows now. */
export function roomOf(
  { concurrency = Number.POSITIVE_INFINITY, rate }: RequestLimit,
  { sending, usedUpTo }: Usage,
  now: number,
): Room {
  const free = Math.max(0, concurrency - sending)
  const isFull = free === 0
  if (!isRated(rate)) return { count: free, isFull, nextAt: 0, after: () => usedUpTo }
  const { count, nextAt, after } = allowanceOf(rate, usedUpTo, now)
  // rounding must not make it now, when none is allowed
  const later = count === 0 ? Math.max(nextAt, now + 1) : 0
  return { count: Math.min(free, count), isFull, nextAt: later, after }
}

/** Gives the limit of an endpoint: slower while it recovers. */
export function withPace(limit: RequestLimit, pace: number | undefined): RequestLimit {
  return pace === undefined ? limit : { ...limit, rate: Math.min(pace, limit.rate ?? pace) }
}

function isRated(rate: number | undefined): rate is number {
  return rate !== undefined && Number.isFinite(rate)
}
