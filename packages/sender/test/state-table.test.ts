// Each row of the state table, through a sender and over a socket.
import { callback } from '@ringback/core'
import { describe, expect, it, vi } from 'vitest'
import { message, operationCallback } from './message.ts'
import { scene, secrets } from './scene.ts'
import { response } from './sink.ts'

const OK = response(200, { 'content-type': 'application/json' }, '{"ok":true}')
const HANG = { hang: true } as const

describe('a new delivery', () => {
  it.each([
    ['without a URL, where the request need not give one', undefined, 'skipped', undefined],
    ['without a URL otherwise', 'nowhere', 'unresolvable', undefined],
    ['with a URL that is refused as it stands', 'http://10.0.0.1/', 'dead', 'blocked'],
    ['that is stored', 'http://127.0.0.1:9000/', 'scheduled', undefined],
  ])('%s', async (_, url, state, reason) => {
    const { callbacks } = await scene([OK])
    const delivery = await callbacks.send(message(url))
    expect([delivery.state, delivery.reason]).toEqual([state, reason])
  })
})

describe('a scheduled delivery', () => {
  it('is being sent once it is claimed', async () => {
    const { sender, callbacks, receiver } = await scene([HANG])
    await callbacks.send(message(receiver.url))
    const sending = sender.sendDue()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 15_000 })
    expect(await sender.deliveries()).toMatchObject([{ state: 'sending' }])
    await receiver.close()
    await sending
  })

  it('waits for its delay', async () => {
    const { callbacks, receiver, sendAfter, clock } = await scene([OK])
    const delivery = await callbacks.send(message(receiver.url, { options: { delay: 60_000 } }))
    expect(delivery.dueAt).toBe(clock.now() + 60_000)
    expect(await sendAfter(59_999)).toBe(0)
    expect(await sendAfter(1)).toBe(1)
  })

  it('rounds its delay up to whole milliseconds', async () => {
    const { callbacks, receiver, clock } = await scene([OK])
    const options = { delay: 0.5, expiresAt: clock.now() + 10.5 }
    expect(await callbacks.send(message(receiver.url, { options }))).toMatchObject({
      dueAt: clock.now() + 1,
      expiresAt: clock.now() + 10,
    })
  })

  it('is dead once it has expired, and no request is made', async () => {
    const { callbacks, receiver, clock, events, sendAfter } = await scene([OK])
    const expiresAt = clock.now() + 1000
    await callbacks.send(message(receiver.url, { options: { delay: 2000, expiresAt } }))
    expect(await sendAfter(1000)).toBe(0)
    expect(events.at(-1)?.delivery).toMatchObject({ state: 'dead', reason: 'expired' })
    expect(receiver.connections()).toBe(0)
  })

  it('ends when it is cancelled', async () => {
    const { sender, callbacks, receiver, states, sendAfter } = await scene([OK])
    const { id } = await callbacks.send(message(receiver.url))
    expect(await sender.cancel(id)).toMatchObject({ id, state: 'cancelled' })
    expect(await sendAfter(0)).toBe(0)
    expect(states()).toEqual(['scheduled', 'cancelled'])
  })
})

describe('a delivery that is being sent', () => {
  it('is delivered with a 2xx, also when it was cancelled meanwhile', async () => {
    const { sender, callbacks, receiver, clock } = await scene([{ hang: true, start: '' }])
    const { id } = await callbacks.send(message(receiver.url))
    const sending = sender.sendDue()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 15_000 })
    expect(await sender.cancel(id)).toMatchObject({ state: 'cancelled' })
    receiver.say(response(204))
    await sending
    expect(await sender.deliveries()).toMatchObject([{ state: 'delivered', attemptCount: 1 }])
    expect(clock.now()).toBe(1_700_000_000_000)
  })

  it('stays cancelled when it fails', async () => {
    const { sender, callbacks, receiver, states, sendAfter } = await scene([HANG])
    const { id } = await callbacks.send(message(receiver.url))
    const sending = sender.sendDue()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 15_000 })
    await sender.cancel(id)
    receiver.say(response(500))
    await sending
    expect(await sendAfter(10_000_000)).toBe(0)
    expect(await sender.deliveries()).toMatchObject([
      { state: 'cancelled', attempts: [{ status: 500, reason: 'status' }] },
    ])
    expect(states()).toEqual(['scheduled', 'cancelled', 'cancelled'])
  })

  it('is scheduled again after a failure while attempts are left, then dead(exhausted)', async () => {
    const { sender, callbacks, receiver, sendAfter } = await scene([response(500)], {
      schedule: [0, 1000],
    })
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    expect(await sender.deliveries()).toMatchObject([{ state: 'scheduled', attemptCount: 1 }])
    await sendAfter(1000)
    expect(await sender.deliveries()).toMatchObject([{ state: 'dead', reason: 'exhausted' }])
  })

  it('returns with the same id when its lease ends, and is dead(internal) the third time', async () => {
    const { sender, callbacks, receiver, store, clock, states } = await scene([OK])
    const { id } = await callbacks.send(message(receiver.url))
    for (const state of ['scheduled', 'scheduled', 'dead']) {
      expect((await store.claim({ limit: 1, lease: 1000 })).deliveries).toMatchObject([{ id }])
      clock.advance(1000)
      const { swept } = await store.claim({ limit: 0, lease: 1000 })
      expect(swept).toMatchObject([{ id, state }])
    }
    expect(await sender.deliveries()).toMatchObject([{ state: 'dead', reason: 'internal' }])
    expect(states()).toEqual(['scheduled'])
  })

  it('is sent by another worker when its lease ends', async () => {
    const { sender, callbacks, receiver, store, sendAfter } = await scene([OK])
    const { id } = await callbacks.send(message(receiver.url))
    await store.claim({ limit: 1, lease: 1000 })
    expect(await sendAfter(999)).toBe(0)
    expect(await sendAfter(1)).toBe(1)
    expect(await sender.deliveries()).toMatchObject([{ id, state: 'delivered' }])
  })

  it.each([
    [410, 'gone'],
    [409, 'rejected'],
  ])('is dead after a %i: %s', async (status, reason) => {
    const { sender, callbacks, receiver, sendAfter } = await scene([response(status)])
    const event = operationCallback(
      callback('post', `${receiver.url}/x`).response(204).response(409, undefined, { final: true }),
    )
    await callbacks.send(message('x', { callback: event }))
    await sendAfter(0)
    expect(await sender.deliveries()).toMatchObject([{ state: 'dead', reason, attemptCount: 1 }])
    expect(await sendAfter(10_000_000)).toBe(0)
  })

  it('is retried after a declared status that is not final', async () => {
    const { sender, callbacks, receiver, sendAfter } = await scene([response(409)])
    const event = operationCallback(callback('post', `${receiver.url}/x`).response(409))
    await callbacks.send(message('x', { callback: event }))
    await sendAfter(0)
    expect(await sender.deliveries()).toMatchObject([{ state: 'scheduled' }])
  })

  it('is dead when the next attempt would come after it has expired', async () => {
    const { sender, callbacks, receiver, clock, sendAfter } = await scene([response(500)])
    const expiresAt = clock.now() + 5000
    await callbacks.send(message(receiver.url, { options: { expiresAt } }))
    await sendAfter(0)
    expect(await sender.deliveries()).toMatchObject([
      { state: 'dead', reason: 'expired', detail: 'the receiver responded 500', attemptCount: 1 },
    ])
  })

  it('is dead(internal) when it could never be signed', async () => {
    const { sender, callbacks, receiver, sendAfter } = await scene([OK], {
      schedule: [0, 1000],
      secrets: () => [],
    })
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    await sendAfter(1000)
    expect(await sender.deliveries()).toMatchObject([{ state: 'dead', reason: 'internal' }])
  })
})

describe('a dead delivery', () => {
  it('is sent again with the same id, bytes and a whole schedule', async () => {
    const plays = [response(500), response(500), response(500), OK]
    const { sender, callbacks, receiver, sendAfter } = await scene(plays, { schedule: [0, 1000] })
    const { id } = await callbacks.send(message(receiver.url))
    await sendAfter(0)
    await sendAfter(1000)
    expect(await sender.redrive(id)).toMatchObject({ id, state: 'scheduled', attemptCount: 0 })
    await sendAfter(0)
    await sendAfter(1000)
    const [record] = await sender.deliveries()
    expect(record).toMatchObject({ id, state: 'delivered', attemptCount: 2 })
    expect(record?.attempts.map(({ status }) => status)).toEqual([500, 500, 500, 200])
    const ids = receiver.requests.map((request) => /webhook-id: (.*)\r/.exec(request)?.[1])
    expect(new Set(ids)).toEqual(new Set([id]))
    expect(new Set(receiver.requests.map((request) => request.split('\r\n\r\n')[1])).size).toBe(1)
  })

  it('cannot be cancelled', async () => {
    const { sender, callbacks } = await scene([OK])
    const { id } = await callbacks.send(message('http://10.0.0.1/'))
    await expect(sender.cancel(id)).rejects.toMatchObject({ code: 'state' })
  })
})

describe('a delivered delivery', () => {
  it('is sent again as a new one', async () => {
    const { sender, callbacks, receiver, sendAfter } = await scene([OK])
    const { id } = await callbacks.send(message(receiver.url, { options: { dedupeKey: 'a' } }))
    await sendAfter(0)
    const again = await sender.redrive(id)
    expect(again).toMatchObject({ state: 'scheduled', redriveOf: id })
    expect(again.id).not.toBe(id)
    await sendAfter(0)
    expect(await sender.deliveries()).toMatchObject([
      { id: again.id, state: 'delivered', redriveOf: id, attempts: [{ status: 200 }] },
      { id, state: 'delivered', dedupeKey: 'a' },
    ])
    const bodies = receiver.requests.map((request) => request.split('\r\n\r\n')[1])
    expect(bodies[0]).toBe(bodies[1])
  })
})

describe('an operator cannot', () => {
  it.each(['cancel', 'redrive'] as const)('%s a delivery that does not exist', async (action) => {
    const { sender } = await scene([OK])
    await expect(sender[action]('msg_none')).rejects.toMatchObject({ code: 'unknown' })
  })

  it.each(['cancelled', 'unresolvable'])('redrive a delivery that is %s', async (state) => {
    const { sender, callbacks, receiver } = await scene([OK], { secrets })
    const { id } = await callbacks.send(message(state === 'cancelled' ? receiver.url : 'nowhere'))
    if (state === 'cancelled') await sender.cancel(id)
    await expect(sender.redrive(id)).rejects.toMatchObject({ code: 'state' })
  })
})
