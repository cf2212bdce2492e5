import { describe, expect, it } from 'vitest'
import { judgeEndpoint } from '../endpoint-health.ts'
import { createEndpointQueues } from './endpoint-queues.ts'

const MINUTE = 60_000

describe('createEndpointQueues', () => {
  it('forgets endpoints that failed once, and owners, and keeps those that are held', () => {
    let now = 1_700_000_000_000
    const queues = createEndpointQueues<string>({ isDue: () => true, now: () => now })
    const fail = (owner: string, endpoint: string, times: number) => {
      const handle = queues.of(owner, endpoint)
      for (let n = 0; n < times; n += 1) {
        const report = { verdict: 'failing' } as const
        handle.setHealth(judgeEndpoint(handle.health, report, { isProbe: false, now }))
      }
      return handle
    }
    const once = fail('mallory', 'https://once.example', 1)
    const held = fail('ann', 'https://held.example', 10)
    now += 6 * MINUTE
    for (let n = 0; n < 1000; n += 1) queues.of(`owner ${n}`, 'https://a.example')
    expect(queues.of('ann', 'https://held.example')).toBe(held)
    expect(queues.of('mallory', 'https://once.example')).not.toBe(once)
  })
})
