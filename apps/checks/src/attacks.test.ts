import { describe, expect, it } from 'vitest'
import { sendToOrigins } from './attacks/hostile-origins.ts'
import { ATTACKS, measureWaits } from './attacks/slow-for-others.ts'

const TIMEOUT = 60_000

describe('one owner', { timeout: TIMEOUT }, () => {
  it.each(Object.keys(ATTACKS) as (keyof typeof ATTACKS)[])(
    'makes nobody wait by %s',
    async (attack) => {
      const { longest } = await measureWaits(attack, 3)
      expect(longest).toBeLessThan(2000) // a busy machine; 15 s is the deadline
    },
  )
})

describe('ever new origins', { timeout: TIMEOUT }, () => {
  it('use up neither descriptors nor memory', async () => {
    const { sent, descriptors, heap } = await sendToOrigins(3000)
    expect(sent).toBe(3000)
    // both ends of 256 connections, and of those in use
    expect(descriptors.most).toBeLessThan(900)
    expect(heap.last - heap.early).toBeLessThan(30)
  })
})
