import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bucketOf, millisecondsOf, percentileOf } from './latency-buckets.ts'

const latency = fc.double({ min: 0, max: 1e11, noNaN: true })

it('has a bucket for every latency, whose middle is within a tenth of it', () => {
  fc.assert(
    fc.property(latency, (milliseconds) => {
      const middle = millisecondsOf(bucketOf(milliseconds))
      expect(Math.abs(middle - Math.max(1, milliseconds)) / Math.max(1, milliseconds)).toBeLessThan(
        0.1,
      )
    }),
  )
})

it('gives percentiles within a tenth of the true ones, whatever the latencies', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 300 }),
      fc.constantFrom(0.5, 0.95, 0.99),
      (latencies, share) => {
        const counts = new Map<number, number>()
        for (const one of latencies) {
          counts.set(bucketOf(one), (counts.get(bucketOf(one)) ?? 0) + 1)
        }
        const sorted = latencies.toSorted((a, b) => a - b)
        const truth = sorted[Math.ceil(sorted.length * share) - 1] ?? 0
        // whole milliseconds
        expect(Math.abs((percentileOf(counts, share) ?? 0) - truth)).toBeLessThan(truth * 0.1 + 1)
      },
    ),
  )
})

it('has no percentile of nothing', () => {
  expect(percentileOf(new Map(), 0.5)).toBeUndefined()
})
