import { describe, expect, it } from 'vitest'
import type { StoredDelivery } from '../store/delivery-store.ts'
import { ONE_SHOT_SCHEDULE, OVERLOAD_WAIT } from './backoff.ts'
import { decideTransition } from './decide-transition.ts'
import type { AttemptOutcome } from './outcome.ts'

const policy = {
  schedule: ONE_SHOT_SCHEDULE,
  overloadWait: OVERLOAD_WAIT,
  now: 1000,
  random: () => 0,
}
const delivery: StoredDelivery = {
  id: 'msg_1',
  state: 'sending',
  owner: 'default',
  operationId: 'postInvoices',
  callback: 'paid',
  method: 'post',
  url: 'https://a.example/',
  attemptCount: 1,
  refusals: 0,
  createdAt: 0,
  payload: new Uint8Array(),
}

function after(outcome: AttemptOutcome, change: Partial<StoredDelivery> = {}) {
  return decideTransition({ ...delivery, ...change }, outcome, policy)
}

const refused = { kind: 'failed', why: 'blocked', detail: '10.0.0.1 is private' } as const
const broken = { kind: 'failed', why: 'network', detail: 'no response: ECONNRESET' } as const

describe('decideTransition', () => {
  it('waits half a minute without an attempt used up after a failure of this machine', () => {
    const local = { kind: 'failed', why: 'local', detail: 'EMFILE' } as const
    expect(after(local)).toMatchObject({ state: 'scheduled', delay: 30_000, attemptCount: 1 })
  })

  it.each([200, 201, 202, 204, 299])('%i is delivered', (status) => {
    expect(after({ kind: 'responded', status })).toEqual({
      state: 'delivered',
      attemptCount: 2,
      refusals: 0,
    })
  })

  it.each([100, 301, 302, 304, 307, 400, 401, 404, 422, 500, 503])('%i is retried', (status) => {
    expect(after({ kind: 'responded', status })).toMatchObject({
      state: 'scheduled',
      delay: 30_000,
    })
  })

  it.each([429, 502, 504])('%i waits at least a minute', (status) => {
    expect(after({ kind: 'responded', status })).toMatchObject({ delay: 60_000 })
  })

  it('410 is final', () => {
    expect(after({ kind: 'responded', status: 410 })).toMatchObject({
      state: 'dead',
      reason: 'gone',
    })
  })

  it('retries a broken connection, and a timeout after at least a minute', () => {
    expect(after(broken)).toMatchObject({ state: 'scheduled', delay: 30_000, attemptCount: 2 })
    const timeout = { kind: 'failed', why: 'timeout', detail: '' } as const
    expect(after(timeout)).toMatchObject({ state: 'scheduled', delay: 60_000 })
  })

  it('honours Retry-After', () => {
    const outcome = { kind: 'responded', status: 503, retryAfter: 90_000 } as const
    expect(after(outcome)).toMatchObject({ delay: 90_000 })
  })

  it('is dead at the end of the schedule', () => {
    expect(after(broken, { attemptCount: 6 })).toEqual({
      state: 'dead',
      reason: 'exhausted',
      detail: 'no response: ECONNRESET',
      attemptCount: 7,
      refusals: 0,
    })
  })

  it('is dead after the third refused address in a row', () => {
    expect(after(refused)).toMatchObject({ state: 'scheduled', refusals: 1 })
    expect(after(refused, { refusals: 1 })).toMatchObject({ state: 'scheduled', refusals: 2 })
    expect(after(refused, { refusals: 2 })).toMatchObject({ state: 'dead', reason: 'blocked' })
    expect(after(broken, { refusals: 2 })).toMatchObject({ state: 'scheduled', refusals: 0 })
  })

  it('does not use up the schedule when the sender stops', () => {
    const stopped = { kind: 'failed', why: 'shutdown', detail: '' } as const
    expect(after(stopped)).toMatchObject({ state: 'scheduled', delay: 0, attemptCount: 1 })
  })
})
