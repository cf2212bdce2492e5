import { describe, expect, it } from 'vitest'
import { createDeliveryIds } from './delivery-ids.ts'

describe('createDeliveryIds', () => {
  it('makes ids that sort in the order in which they were made', () => {
    const createId = createDeliveryIds()
    const times = [1000, ...Array<number>(500).fill(1001), 900, 1002]
    const ids = times.map(createId)
    expect(ids).toEqual([...ids].sort())
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^msg_[0-9a-f]{32}$/)
  })

  it('makes ids that cannot be guessed from another of the same millisecond', () => {
    const createId = createDeliveryIds()
    const tails = Array.from({ length: 1000 }, () => createId(1000).slice(-16))
    expect(new Set(tails.map((tail) => tail.slice(0, 8))).size).toBeGreaterThan(990)
    expect([...tails].sort()).not.toEqual(tails)
  })

  it('makes different ids in each generator', () => {
    expect(createDeliveryIds()(1000)).not.toBe(createDeliveryIds()(1000))
  })
})
