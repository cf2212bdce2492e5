/** What a rate allows now. */
export interface Allowance {
  /** How many requests may be made now. */
  readonly count: number
  /** When the next one may be made, where none may be made now. */
  readonly nextAt: number
  /** The time up to which so many requests have used the rate up. */
  after(used: number): number
}

const SECOND = 1000

/**
 * What a rate allows, by the time up to which it is used up: so that one number is all that has to be stored.
 * What was not used gathers for a second, so that a rate of ten allows ten at once after a pause.
 */
export function allowanceOf(rate: number, usedUpTo: number, now: number): Allowance {
  const interval = SECOND / rate
  const from = Math.max(usedUpTo, now - Math.max(SECOND, interval))
  return {
    // a small part of an interval is what rounding leaves
    count: Math.max(0, Math.floor((now - from) / interval + 1e-6)),
    nextAt: Math.ceil(from + interval),
    after: (used) => from + used * interval,
  }
}
