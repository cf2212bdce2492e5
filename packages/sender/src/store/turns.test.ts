import { describe, expect, it } from 'vitest'
import { createTurns, isTurn, takeInTurns } from './turns.ts'

describe('takeInTurns', () => {
  const share = (waiting: readonly number[], limit: number, quantum?: number) => {
    const left = [...waiting]
    const got = waiting.map(() => 0)
    const options = quantum === undefined ? { limit } : { limit, quantum }
    takeInTurns([...waiting.keys()], options, (index, most) => {
      const taken = Math.min(most, left[index] ?? 0)
      left[index] = (left[index] ?? 0) - taken
      got[index] = (got[index] ?? 0) + taken
      return taken
    })
    return got
  }

  it('gives none more than its share while another waits', () => {
    expect(share([1000, 1000], 64)).toEqual([32, 32])
    expect(share([1000, 1000, 1000], 64)).toEqual([22, 21, 21])
  })

  it('gives what some leave to those that have more', () => {
    expect(share([1000, 1], 64)).toEqual([63, 1])
    expect(share([3, 1, 1000], 9)).toEqual([3, 1, 5])
  })

  it('gives at least the quantum in a turn, so that some have none in this round', () => {
    expect(share([9, 9, 9, 9], 8, 4)).toEqual([4, 4, 0, 0])
  })
})

describe('createTurns', () => {
  it('puts each behind all who had a turn before, within the millisecond', () => {
    const turns = createTurns()
    const places = [1000, 1000, 1000, 1001].map((now) => turns.next(now))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(new Set(places).size).toBe(4)
    expect(places.map((place) => isTurn(place, 1000))).toEqual([true, true, true, false])
  })
})
