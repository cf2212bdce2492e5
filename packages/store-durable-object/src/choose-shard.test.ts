import { describe, expect, it } from 'vitest'
import { chooseShard } from './choose-shard.ts'

const OWNERS = Array.from({ length: 8000 }, (_, index) => `owner-${index}`)

describe('chooseShard', () => {
  it.each([
    ['default', [0, 1, 7, 7]],
    ['ann', [0, 0, 0, 19]],
    ['bob', [0, 1, 2, 2]],
    ['', [0, 0, 0, 24]],
    ['ä€😀', [0, 1, 6, 15]],
  ])('never changes for %j, since its deliveries are there', (owner, shards) => {
    expect([1, 2, 8, 32].map((count) => chooseShard(owner, count))).toEqual(shards)
  })

  it('spreads owners evenly', () => {
    const counts = Array<number>(8).fill(0)
    for (const owner of OWNERS)
      counts.splice(chooseShard(owner, 8), 1, (counts[chooseShard(owner, 8)] ?? 0) + 1)
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })

  it('moves an owner only to a new object when there are more', () => {
    const moved = OWNERS.filter((owner) => chooseShard(owner, 5) !== chooseShard(owner, 6))
    expect(new Set(moved.map((owner) => chooseShard(owner, 6)))).toEqual(new Set([5]))
    expect(moved.length).toBeLessThan(OWNERS.length / 5)
  })
})
