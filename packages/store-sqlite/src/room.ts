import type { RequestLimit } from '@ringback/sender'
import { allowance } from './allowance.ts'

/** How much more a limit allows now. */
export interface Room {
  /** How many more requests may be sent now. */
  readonly count: number
  /** When the next request may be sent, where the rate allows none now; else 0. */
  readonly nextAt: number
  /** Whether requests are counted against a rate. */
  readonly isRated: boolean
  /** The time up to which the rate is used up after so many more requests. */
  after(sent: number): number
}

/** The use of a limit so far; asked for only where the limit needs it. */
export interface Usage {
  /** How many requests are being sent. */
  countSending(): number
  /** The time up to which the rate is used up. */
  usedUpTo(): number
}

/** Computes how much more a limit allows now. */
export function roomOf({ concurrency, rate }: RequestLimit, usage: Usage, now: number): Room {
  const free =
    concurrency === undefined
      ? Number.MAX_SAFE_INTEGER
      : Math.max(0, concurrency - usage.countSending())
  const usedUpTo = usage.usedUpTo()
  if (rate === undefined || !Number.isFinite(rate)) {
    return { count: free, nextAt: 0, isRated: false, after: () => usedUpTo }
  }
  const { count, nextAt, after } = allowance(rate, usedUpTo, now)
  return { count: Math.min(free, count), nextAt: count === 0 ? nextAt : 0, isRated: true, after }
}
