import { describe, expect, it } from 'vitest'
import { mutateText } from '../fuzz/mutate.ts'
import { randomOf } from '../fuzz/random.ts'
import { fuzz, runCase } from '../fuzz/run.ts'
import seeds from '../fuzz/seeds.json' with { type: 'json' }

const kept = seeds as readonly { readonly kind: 'bytes' | 'mutations'; readonly seed: number }[]

describe('fuzzing', () => {
  it('finds nothing with the seeds that once failed', () => {
    expect(kept.flatMap(({ kind, seed }) => runCase(kind, seed) ?? [])).toEqual([])
  })

  // a failure shows the seeds: `npm run fuzz -- 1 <seed>` runs one again
  it.each([
    ['the same seeds', 1],
    ['seeds of this minute', Date.now() | 0],
  ])('finds nothing in a second with %s, from %i on', (_, first) => {
    const end = performance.now() + 1_000
    expect(fuzz(first, () => performance.now() < end)).toEqual([])
  })

  it('makes the same texts from the same seed', () => {
    const texts = () => {
      const random = randomOf(7)
      return Array.from({ length: 100 }, () => mutateText('{$url}', ['$method'], random))
    }
    expect(texts()).toEqual(texts())
    expect(new Set(texts()).size).toBeGreaterThan(90)
  })
})
