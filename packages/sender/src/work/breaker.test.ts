import { describe, expect, it } from 'vitest'
import { manualClock } from '../../test/manual-clock.ts'
import type { ClaimedDelivery } from '../store/delivery-store.ts'
import { createBreaker } from './breaker.ts'
import type { AttemptOutcome } from './outcome.ts'

const MINUTE = 60_000
const delivery: ClaimedDelivery = {
  id: 'msg_1',
  state: 'sending',
  owner: 'default',
  operationId: 'postInvoices',
  callback: 'paid',
  method: 'post',
  url: 'https://a.example/1',
  endpoint: 'https://a.example',
  attemptCount: 0,
  refusals: 0,
  createdAt: 0,
  payload: new Uint8Array(),
  lease: 1,
  isProbe: false,
}
const probe = { ...delivery, isProbe: true }
const responded = (status: number): AttemptOutcome => ({ kind: 'responded', status })
const failed = (why: 'timeout' | 'network' | 'tls' | 'blocked' | 'proxy' | 'internal') =>
  ({ kind: 'failed', why, detail: '' }) as const

function setUp() {
  const clock = manualClock()
  const breaker = createBreaker(clock)
  const judge = (outcome: AttemptOutcome, change: Partial<ClaimedDelivery> = {}) =>
    breaker.judge({ ...delivery, ...change }, outcome)
  const fail = (times: number) => Array.from({ length: times }, () => judge(responded(500))).at(-1)
  const pass = (times: number) => Array.from({ length: times }, () => judge(responded(200))).at(-1)
  return { clock, breaker, judge, fail, pass }
}

describe('createBreaker', () => {
  it('holds an endpoint for a minute after ten requests that all fail, and not after nine', () => {
    const { clock, fail } = setUp()
    expect(fail(9)).toBeUndefined()
    expect(fail(1)).toEqual({ heldUntil: clock.now() + MINUTE })
  })

  it('holds it when 70 % fail, and not below', () => {
    const { fail, pass } = setUp()
    expect([pass(4), fail(9)]).toEqual([undefined, undefined]) // 9 of 13
    expect(fail(1)).toBeDefined() // 10 of 14 are 71 %
  })

  it('counts the last five minutes only', () => {
    const { clock, fail } = setUp()
    fail(9)
    clock.advance(5 * MINUTE)
    expect(fail(1)).toBeUndefined()
    clock.advance(4 * MINUTE)
    expect(fail(8)).toBeUndefined()
    expect(fail(1)).toBeDefined()
  })

  it.each([responded(429), responded(503), failed('timeout'), failed('network'), failed('tls')])(
    'counts %o as failing',
    (outcome) => {
      const { judge } = setUp()
      const changes = Array.from({ length: 10 }, () => judge(outcome))
      expect(changes.at(-1)).toBeDefined()
    },
  )

  it.each([responded(404), responded(302), failed('blocked'), failed('proxy'), failed('internal')])(
    'does not count %o as failing',
    (outcome) => {
      const { judge } = setUp()
      for (let n = 0; n < 50; n += 1) expect(judge(outcome)).toBeUndefined()
    },
  )

  it('holds twice as long after each probe that fails, up to an hour', () => {
    const { clock, breaker, fail } = setUp()
    fail(10)
    const waits = Array.from({ length: 8 }, () => {
      const change = breaker.judge(probe, responded(500))
      return ((change?.heldUntil ?? 0) - clock.now()) / MINUTE
    })
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
  })

  it('closes after a successful probe, sends slowly for a minute, and counts from zero', () => {
    const { clock, breaker, fail } = setUp()
    fail(10)
    breaker.judge(probe, responded(500))
    expect(breaker.judge(probe, responded(200))).toEqual({ pacedUntil: clock.now() + MINUTE })
    expect(fail(9)).toBeUndefined()
    expect(fail(1)).toEqual({ heldUntil: clock.now() + MINUTE })
  })

  it('probes again after a failure on our side', () => {
    const { clock, breaker } = setUp()
    expect(breaker.judge(probe, failed('proxy'))).toEqual({ heldUntil: clock.now() })
  })

  it.each([
    [429, 90_000, 90_000],
    [503, 10 * 24 * 60 * MINUTE, 24 * 60 * MINUTE],
    [500, 90_000, undefined],
  ])(
    'holds an endpoint after %i for as long as Retry-After says, at most a day',
    (status, retryAfter, wait) => {
      const { clock, judge } = setUp()
      const change = judge({ kind: 'responded', status, retryAfter })
      expect(change?.heldUntil).toBe(wait && clock.now() + wait)
    },
  )

  it('judges each owner and endpoint separately', () => {
    const { judge, fail } = setUp()
    fail(9)
    expect(judge(responded(500), { owner: 'ann' })).toBeUndefined()
    expect(judge(responded(500), { endpoint: 'https://b.example' })).toBeUndefined()
    expect(fail(1)).toBeDefined()
  })

  it('forgets endpoints without recent requests', () => {
    const { clock, judge, fail } = setUp()
    for (let n = 0; n < 2000; n += 1) judge(responded(500), { endpoint: `https://${n}.example` })
    clock.advance(3 * 60 * MINUTE)
    expect(fail(9)).toBeUndefined()
  })
})
