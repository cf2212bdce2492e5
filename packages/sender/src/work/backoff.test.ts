import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoff, ONE_SHOT_SCHEDULE, OVERLOAD_WAIT } from './backoff.ts'

const calm = { overloaded: false, random: () => 0 }
const HOUR = 3_600_000

describe('backoff', () => {
  it('follows the schedule of one-shot callbacks', () => {
    const delays = ONE_SHOT_SCHEDULE.map((_, attempts) =>
      backoff(attempts, ONE_SHOT_SCHEDULE, calm),
    )
    expect(delays).toEqual([0, 5000, 30_000, 120_000, 600_000, 1_800_000, 7_200_000])
    expect(backoff(7, ONE_SHOT_SCHEDULE, calm)).toBeUndefined()
  })

  it('adds up to a fifth at random', () => {
    expect(backoff(1, ONE_SHOT_SCHEDULE, { ...calm, random: () => 0.5 })).toBe(5500)
    fc.assert(
      fc.property(
        fc.nat(6),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempts, r) => {
          const planned = ONE_SHOT_SCHEDULE[attempts] ?? 0
          const delay = backoff(attempts, ONE_SHOT_SCHEDULE, { ...calm, random: () => r })
          expect(delay).toBeGreaterThanOrEqual(planned)
          expect(delay).toBeLessThanOrEqual(planned * 1.2)
        },
      ),
    )
  })

  it.each([
    ['waits as long as the receiver asks', { retryAfter: 9000 }, 9000],
    ['never shorter than planned', { retryAfter: 1000 }, 5000],
    ['a day at most', { retryAfter: 1000 * HOUR }, 24 * HOUR],
    ['a minute at least after overload', { overloaded: true, overloadWait: OVERLOAD_WAIT }, 60_000],
    [
      'as planned after overload, without a wait for it',
      { overloaded: true, overloadWait: 0 },
      5000,
    ],
  ])('%s', (_, pressure, expected) => {
    expect(backoff(1, ONE_SHOT_SCHEDULE, { ...calm, ...pressure })).toBe(expected)
  })
})
