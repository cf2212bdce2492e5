import { describe, expect, it } from 'vitest'
import type { AttemptOutcome } from './outcome.ts'
import { reportReceiver } from './report-receiver.ts'

const responded = (status: number): AttemptOutcome => ({ kind: 'responded', status })
const failed = (why: 'timeout' | 'network' | 'tls' | 'blocked' | 'proxy' | 'local' | 'internal') =>
  ({ kind: 'failed', why, detail: '' }) as const

describe('reportReceiver', () => {
  it.each([
    [responded(200), 'well'],
    [responded(404), 'well'],
    [responded(302), 'well'],
    [responded(429), 'failing'],
    [responded(503), 'failing'],
    [failed('timeout'), 'failing'],
    [failed('network'), 'failing'],
    [failed('tls'), 'failing'],
    [failed('blocked'), 'unrelated'],
    [failed('proxy'), 'unrelated'],
    [failed('local'), 'unrelated'],
    [failed('internal'), 'unrelated'],
  ] as const)('judges %o as %s', (outcome, verdict) => {
    expect(reportReceiver(outcome)).toEqual({ verdict })
  })

  it.each([
    [429, 90_000],
    [503, 90_000],
    [500, undefined],
  ])('tells the pause of Retry-After with %i', (status, pause) => {
    const { pause: told } = reportReceiver({ kind: 'responded', status, retryAfter: 90_000 })
    expect(told).toBe(pause)
  })
})
