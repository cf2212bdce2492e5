import { SigningError } from './errors.ts'

/** The time of verification in Unix seconds, and its largest distance from the timestamp in seconds. */
export interface Clock {
  readonly now: number
  readonly tolerance: number
}

// 15 digits stay exact as a number
const TIMESTAMP = /^\d{1,15}$/

/**
 * Checks a `webhook-timestamp` header against the clock; a distance equal to the tolerance passes.
 *
 * @example
 * checkTimestamp('1614265330', { now: 1614265630, tolerance: 300 })
 *
 * @throws {SigningError} with `malformed-header`, `too-old`, `too-new` or `bad-time`
 */
export function checkTimestamp(timestamp: string, { now, tolerance }: Clock): void {
  // NaN is neither too old nor too new
  if (!Number.isFinite(now) || !(tolerance >= 0)) {
    throw new SigningError('bad-time', 'now and tolerance must be numbers of seconds; check both.')
  }
  if (!TIMESTAMP.test(timestamp)) {
    throw new SigningError(
      'malformed-header',
      'the timestamp is not a decimal number; the sender must give Unix seconds.',
    )
  }

  const age = now - Number(timestamp)
  if (age > tolerance) throw new SigningError('too-old', describeAge(`${age} s ago`, tolerance))
  if (-age > tolerance) throw new SigningError('too-new', describeAge(`${-age} s ahead`, tolerance))
}

function describeAge(distance: string, tolerance: number): string {
  return `Signed ${distance}, outside the tolerance of ${tolerance} s; check both clocks.`
}
