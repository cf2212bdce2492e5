// The schedule, the deadline and the wait after overload, of a sender and of one callback.
import { callback } from '@ringback/core'
import { describe, expect, it, vi } from 'vitest'
import { message, operationCallback } from './message.ts'
import { scene } from './scene.ts'
import { type Play, response } from './sink.ts'

const OWN = [0, 4000, 8000]
const HANG: Play = { hang: true }

function to(url: string, delivery?: Parameters<ReturnType<typeof callback>['delivery']>[0]) {
  const bare = callback('post', url).response(204).response(409, undefined, { final: true })
  return operationCallback(delivery ? bare.delivery(delivery) : bare)
}

/** Makes an attempt that is due now; if it hangs, its deadline passes. */
async function attempt(
  { sender, clock, receiver }: Awaited<ReturnType<typeof scene>>,
  deadline: number,
) {
  const before = receiver.requests.length
  const sent = sender.sendDue()
  await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(before), {
    timeout: 15_000,
  })
  clock.advance(deadline)
  await sent
}

describe('a schedule of 0, 4 s and 8 s', () => {
  const failures: [string, Play][] = [
    ['429', response(429)],
    ['502', response(502)],
    ['504', response(504)],
    ['500', response(500)],
    ['no response in time', HANG],
  ]

  it.each(failures)('of the sender is kept after %s', async (name, play) => {
    const here = await scene([play], { schedule: OWN, deadline: 1000 })
    await here.callbacks.send(
      message(undefined, { callback: to(here.receiver.url), payload: undefined }),
    )
    const pass = name === 'no response in time' ? 1000 : 0
    await attempt(here, pass)
    for (const delay of [4000, 8000]) {
      expect(await here.sendAfter(delay - 1)).toBe(0)
      here.clock.advance(1)
      await attempt(here, pass)
    }
    expect(here.states().at(-1)).toBe('dead')
    expect(here.receiver.requests).toHaveLength(3)
  })

  it.each(failures)('of one callback is kept after %s', async (name, play) => {
    const here = await scene([play], { deadline: 1000 })
    const own = to(here.receiver.url, { schedule: OWN })
    await here.callbacks.send(message(undefined, { callback: own, payload: undefined }))
    const pass = name === 'no response in time' ? 1000 : 0
    await attempt(here, pass)
    for (const delay of [4000, 8000]) {
      expect(await here.sendAfter(delay - 1)).toBe(0)
      here.clock.advance(1)
      await attempt(here, pass)
    }
    expect(here.states().at(-1)).toBe('dead')
  })

  it('does not outdo Retry-After', async () => {
    const here = await scene([response(429, { 'retry-after': '20' }), response(204)], {
      schedule: OWN,
    })
    await here.callbacks.send(
      message(undefined, { callback: to(here.receiver.url), payload: undefined }),
    )
    expect(await here.sendAfter(0)).toBe(1)
    expect(await here.sendAfter(19_999)).toBe(0)
    expect(await here.sendAfter(1)).toBe(1)
  })
})

describe('the wait after overload', () => {
  it.each([
    ['a minute by default', {}, undefined, 60_000],
    ['the option of the sender', { overloadWait: 7000 }, undefined, 7000],
    ['that option also with a schedule', { schedule: [0, 1], overloadWait: 7000 }, undefined, 7000],
    ['that of the callback', { overloadWait: 7000 }, { overloadWait: 9000 }, 9000],
    ['none with a schedule of the callback', { overloadWait: 7000 }, { schedule: OWN }, 4000],
    ['a minute with a deadline of the callback', {}, { deadline: 5 }, 60_000],
  ])('is %s', async (_, options, delivery, wait) => {
    const here = await scene([response(502), response(204)], options)
    const own = to(here.receiver.url, delivery)
    await here.callbacks.send(message(undefined, { callback: own, payload: undefined }))
    expect(await here.sendAfter(0)).toBe(1)
    expect(await here.sendAfter(wait - 1)).toBe(0)
    expect(await here.sendAfter(1)).toBe(1)
  })
})

describe('the deadline of a callback', () => {
  it('replaces that of the sender, for send and for call', async () => {
    const here = await scene([HANG], { schedule: [0] })
    const own = to(here.receiver.url, { deadline: 2000 })
    await here.callbacks.send(message(undefined, { callback: own, payload: undefined }))
    await attempt(here, 2000)
    expect(here.events.at(-1)?.attempt).toMatchObject({
      reason: 'timeout',
      detail: 'no complete response within 2 s',
    })
    const called = here.callbacks.call(message(undefined, { callback: own, payload: undefined }))
    await vi.waitFor(() => expect(here.receiver.requests).toHaveLength(2), { timeout: 15_000 })
    here.clock.advance(2000)
    expect(await called).toMatchObject({ ok: false, detail: 'no complete response within 2 s' })
  })

  it('is within the lease, although another process sweeps meanwhile', async () => {
    const here = await scene([HANG], { deadline: 1000, schedule: [0] })
    const own = to(here.receiver.url, { deadline: 600_000 })
    const { id } = await here.callbacks.send(
      message(undefined, { callback: own, payload: undefined }),
    )
    const sent = here.sender.sendDue()
    await vi.waitFor(() => expect(here.receiver.requests).toHaveLength(1), { timeout: 15_000 })
    here.clock.advance(599_999)
    expect((await here.store.claim({ limit: 0, lease: 1 })).swept).toEqual([])
    expect(await here.store.find(id)).toMatchObject({ state: 'sending' })
    here.clock.advance(1)
    await sent
    expect(here.events.at(-1)).toMatchObject({
      delivery: { state: 'dead', reason: 'exhausted' },
      attempt: { reason: 'timeout' },
    })
  })

  it('is stored with the delivery, so that a process that does not know the callback keeps it', async () => {
    const here = await scene([response(500), response(409)])
    const delivery = { schedule: OWN, deadline: 2000, overloadWait: 5 }
    const { id } = await here.callbacks.send(
      message(undefined, { callback: to(here.receiver.url, delivery), payload: undefined }),
    )
    expect((await here.store.find(id))?.settings).toEqual({ ...delivery, finalStatuses: [409] })
    await here.sendAfter(0)
    await here.sendAfter(4000)
    expect(here.events.at(-1)?.delivery).toMatchObject({ state: 'dead', reason: 'rejected' })
  })
})

describe('overloadWait', () => {
  it.each([-1, Number.NaN, '5'])('cannot be %s', async (overloadWait) => {
    await expect(scene([], { overloadWait: overloadWait as number })).rejects.toMatchObject({
      code: 'option',
      message: expect.stringContaining('overloadWait'),
    })
  })
})
