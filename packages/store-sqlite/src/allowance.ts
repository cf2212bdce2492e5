/** The requests that a rate allows now. */
export interface Allowance {
  /** How many requests may be made now. */
  readonly count: number
  /** When the next request may be made, where none may be made now. */
  readonly nextAt: number
  /** The time up to which the rate is used up after so many requests. */
  after(used: number): number
}

const SECOND = 1000

/**
 * Computes what a rate allows from the time up to which it is used up, so that one number is all there is to store.
 * Unused requests gather for a second: after a pause, a rate of ten allows ten requests at once.
 */
export function allowance(rate: number, usedUpTo: number, now: number): Allowance {
  const interval = SECOND / rate
  const from = Math.max(usedUpTo, now - Math.max(SECOND, interval))
  return {
    // rounding may leave a small part of an interval
    count: Math.max(0, Math.floor((now - from) / interval + 1e-6)),
    nextAt: Math.ceil(from + interval),
    after: (used) => from + used * interval,
  }
}
