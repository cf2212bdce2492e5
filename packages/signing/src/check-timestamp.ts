import { SigningError } from './errors.ts'

/** When a message is verified, and how far from its timestamp that may be, in seconds. */
export interface Clock {
  readonly now: number
  readonly tolerance: number
}

// 15 digits stay exact as a number
const TIMESTAMP = /^\d{1,15}$/

/**
 * Checks a `webhook-timestamp` header against the clock; the tolerance itself is still in time.
 *
 * @example
 * checkTimestamp('1614265330', { now: 1614265630, tolerance: 300 })
 *
 * @throws {SigningError} with `malformed-header`, `too-old`, `too-new` or `bad-time`
 */
export function checkTimestamp(timestamp: string, { now, tolerance }: Clock): void {
  // a NaN would compare as neither too old nor too new
  if (!Number.isFinite(now) || !(tolerance >= 0)) {
    throw new SigningError('bad-time', 'now and tolerance must be numbers of seconds; check both.')
  }
  if (!TIMESTAMP.test(timestamp)) {
    throw new SigningError(
      'malformed-header',
      'webhook-timestamp is not a decimal number; the sender must give Unix seconds.',
    )
  }

  const age = now - Number(timestamp)
  if (age > tolerance) throw new SigningError('too-old', outside(`${age} s ago`, tolerance))
  if (-age > tolerance) throw new SigningError('too-new', outside(`${-age} s ahead`, tolerance))
}

function outside(distance: string, tolerance: number): string {
  return `Signed ${distance}, outside the tolerance of ${tolerance} s; check both clocks.`
}
