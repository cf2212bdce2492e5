import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowanceOf } from './allowance.ts'

describe('allowanceOf', () => {
  it('gathers an unused rate for a second', () => {
    expect(allowanceOf(10, 0, 100_000).count).toBe(10)
    expect(allowanceOf(10, 99_900, 100_000).count).toBe(1)
    expect(allowanceOf(10, 100_000, 100_000)).toMatchObject({ count: 0, nextAt: 100_100 })
  })

  it('allows one after a long pause when the rate is less than one a second', () => {
    expect(allowanceOf(0.1, 0, 100_000).count).toBe(1)
    const used = allowanceOf(0.1, 0, 100_000).after(1)
    expect(allowanceOf(0.1, used, 109_999).count).toBe(0)
    expect(allowanceOf(0.1, used, 110_000).count).toBe(1)
  })

  it('never allows more than the rate over any time after the first second', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 50 })
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 50, noNaN: true }), steps, (rate, delays) => {
        let now = 1_000_000
        let used = 0
        let sent = 0
        for (const delay of delays) {
          now += delay
          const { count, after } = allowanceOf(rate, used, now)
          sent += count
          used = after(count)
        }
        const seconds = (now - 1_000_000) / 1000
        expect(sent).toBeLessThanOrEqual(rate * (seconds + Math.max(1, 1 / rate)) + 1e-3)
      }),
    )
  })

  it('names a time at which one more is allowed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(5000), (rate, ahead) => {
        const { count, nextAt } = allowanceOf(rate, 100_000 + ahead, 100_000)
        expect(count).toBe(0)
        expect(allowanceOf(rate, 100_000 + ahead, nextAt).count).toBeGreaterThan(0)
      }),
    )
  })
})
