// Order, dedupe keys, limits and the breaker, through a sender and over sockets.
import { describe, expect, it, vi } from 'vitest'
import { message } from './message.ts'
import { scene } from './scene.ts'
import { response, sink } from './sink.ts'

const pathsOf = (requests: readonly string[]) =>
  requests.map((request) => /^POST \/(\w+)/.exec(request)?.[1])

describe('an endpoint that fails', () => {
  it('is held, probed after a minute with the oldest delivery, and then sent to slowly, in order', async () => {
    const { sender, callbacks, receiver, events, sendAfter } = await scene([response(500)], {
      schedule: [0, 1000],
    })
    for (let n = 0; n < 10; n += 1) await callbacks.send(message(`${receiver.url}/a${n}`))
    await sendAfter(0)
    expect(events.filter(({ heldUntil }) => heldUntil !== undefined)).toHaveLength(1)
    expect(await sender.deliveries({ state: 'parked' })).toHaveLength(10)

    await callbacks.send(message(`${receiver.url}/b`))
    expect(await sendAfter(59_999)).toBe(0)
    receiver.play(response(204))
    expect(await sendAfter(1)).toBe(11)
    expect(receiver.requests).toHaveLength(21)
    expect(pathsOf(receiver.requests)[10]).toBe('b') // due before the retries
    expect(await sender.deliveries({ state: 'delivered' })).toHaveLength(11)
  })

  it('does not delay another endpoint, or another owner', async () => {
    const { callbacks, receiver, sendAfter } = await scene([response(500)])
    const other = await sink(response(204))
    for (let n = 0; n < 10; n += 1) await callbacks.send(message(receiver.url))
    await sendAfter(0)
    await callbacks.send(message(other.url))
    await callbacks.send(message(receiver.url, { owner: 'ann' }))
    expect(await sendAfter(0)).toBe(2)
    await other.close()
  })

  it('is probed at once when an operator redrives', async () => {
    const { sender, callbacks, receiver, sendAfter } = await scene([response(500)])
    for (let n = 0; n < 10; n += 1) await callbacks.send(message(receiver.url))
    await sendAfter(0)
    const { id } = await callbacks.send(message(receiver.url))
    expect(await sendAfter(0)).toBe(0)
    receiver.play(response(204))
    await sender.redrive(id)
    expect(await sendAfter(0)).toBe(1)
  })
})

describe('orderKey', () => {
  it('is never overtaken, does not delay other keys, and can be skipped', async () => {
    const { sender, callbacks, receiver, sendAfter } = await scene([response(500), response(204)])
    const send = (path: string, orderKey: string) =>
      callbacks.send(message(`${receiver.url}/${path}`, { options: { orderKey } }))
    const head = await send('a1', 'a')
    await send('a2', 'a')
    await send('a3', 'a')
    await sendAfter(0)
    await send('b1', 'b')
    await sendAfter(0)
    expect(pathsOf(receiver.requests)).toEqual(['a1', 'b1'])

    await sender.cancel(head.id) // the operator skips the head
    await sendAfter(0)
    expect(pathsOf(receiver.requests)).toEqual(['a1', 'b1', 'a2', 'a3'])
  })

  it('keeps the order in which send was called', async () => {
    const { callbacks, receiver, sendAfter } = await scene([response(204)])
    const names = Array.from({ length: 20 }, (_, n) => `n${n}`)
    await Promise.all(
      names.map((name) =>
        callbacks.send(message(`${receiver.url}/${name}`, { options: { orderKey: 'a' } })),
      ),
    )
    await sendAfter(0)
    expect(pathsOf(receiver.requests)).toEqual(names)
  })
})

describe('dedupeKey', () => {
  it('gives the stored delivery, and sends it once', async () => {
    const { callbacks, receiver, sendAfter, states } = await scene([response(204)])
    const options = { dedupeKey: 'a' }
    const sent = await Promise.all(
      [1, 2, 3].map(() => callbacks.send(message(receiver.url, { options }))),
    )
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
    expect(await sendAfter(0)).toBe(1)
    expect(await callbacks.send(message(receiver.url, { options }))).toMatchObject({
      id: sent[0]?.id,
      state: 'delivered',
    })
    expect(states()).toEqual(['scheduled', 'delivered'])
  })

  it('is an error with another payload', async () => {
    const { callbacks, receiver } = await scene([response(204)])
    await callbacks.send(message(receiver.url, { options: { dedupeKey: 'a' } }))
    const payload = { description: 'other', paid: true }
    const other = callbacks.send(message(receiver.url, { options: { dedupeKey: 'a' }, payload }))
    await expect(other).rejects.toMatchObject({ code: 'dedupe' })
    await expect(other).rejects.not.toThrow('other"')
  })
})

describe('limits', () => {
  it('apply to an endpoint, at once and a second', async () => {
    const { sender, callbacks, receiver, clock, sendAfter } = await scene([{ hang: true }], {
      limits: { endpoint: { concurrency: 2, rate: 3 } },
    })
    for (let n = 0; n < 5; n += 1) await callbacks.send(message(receiver.url))
    const sending = sender.sendDue()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(2), { timeout: 15_000 })
    receiver.play(response(204))
    receiver.say(response(204))
    await sending
    expect(receiver.requests).toHaveLength(3)
    expect(clock.now()).toBe(1_700_000_000_000)
    expect(await sendAfter(1000)).toBe(2)
  })

  it.each([
    [{ endpoint: { concurrency: 0 } }, 'limits.endpoint.concurrency'],
    [{ owner: { rate: -1 } }, 'limits.owner.rate'],
  ])('are refused when invalid: %o', async (limits, name) => {
    await expect(scene([], { limits })).rejects.toMatchObject({
      code: 'option',
      message: expect.stringContaining(name),
    })
  })
})

describe('the options of send', () => {
  it.each([
    ['delay', { delay: -1 }],
    ['expiresAt', { expiresAt: Number.NaN }],
    ['orderKey', { orderKey: '' }],
    ['dedupeKey', { dedupeKey: 'x'.repeat(256) }],
  ])('refuse an invalid %s', async (name, options) => {
    const { callbacks, receiver } = await scene([response(204)])
    await expect(callbacks.send(message(receiver.url, { options }))).rejects.toMatchObject({
      code: 'option',
      message: expect.stringContaining(name),
    })
  })
})
