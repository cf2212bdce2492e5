/** The requests that a rate allows now. */
export interface Allowance {
  /** How many requests may be made now. */
  readonly count: number
  /** When the next request may be made, if none may be made now. */
  readonly nextAt: number
  /** Gives the time up to which the rate is used up after so many requests. */
  after(used: number): number
}

const SECOND = 1000

/**
 * Gives what a rate allows. The time up to which it is used up is the only number that has to be stored.
 * An unused rate gathers for one second, so that a rate of ten allows ten at once after a pause.
 */
export function allowanceOf(rate: number, usedUpTo: number, now: number): Allowance {
  const interval = SECOND / rate
  const from = Math.max(usedUpTo, now - Math.max(SECOND, interval))
  return {
    // the small part makes up for rounding
    count: Math.max(0, Math.floor((now - from) / interval + 1e-6)),
    nextAt: Math.ceil(from + interval),
    after: (used) => from + used * interval,
  }
}
