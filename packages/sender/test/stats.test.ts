// How it goes, as sender.stats() and sender.health() tell it.
import { describe, expect, it } from 'vitest'
import { memoryStore } from '../src/store/memory/memory-store.ts'
import { shardedStore } from '../src/store/sharded-store.ts'
import { message } from './message.ts'
import { scene } from './scene.ts'
import { response } from './sink.ts'

describe('sender.stats', () => {
  it('counts what a receiver has got, and how well it went', async () => {
    const ok = response(200, {}, '{"ok":true}')
    const plays = [ok, response(503), ok, response(410)]
    const { callbacks, receiver, sender, clock, sendAfter } = await scene(plays, {
      schedule: [0, 1],
    })
    const since = clock.now()
    for (let n = 0; n < 3; n += 1) {
      await callbacks.send(message(receiver.url))
      await sendAfter(0)
    }
    await sendAfter(1000)
    await callbacks.send(message('ftp://a.example'))
    await callbacks.send(message(receiver.url))
    const { states, deaths, attempts, successRate, failureRate, latency, oldestDue } =
      await sender.stats({ since })
    expect(attempts).toEqual({
      total: receiver.requests.length,
      succeeded: 2,
      failed: 2,
      outcomes: { 200: 2, 503: 1, 410: 1 },
    })
    expect(states).toEqual({
      ...{ scheduled: 1, parked: 0, sending: 0 },
      ...{ delivered: 2, dead: 1, cancelled: 0, unresolvable: 1 },
    })
    expect(deaths).toEqual({ gone: 1 })
    expect([successRate, failureRate]).toEqual([2 / 3, 1 / 3])
    expect(latency).toMatchObject({ p50: 1 })
    expect(oldestDue).toBe(0)
  })

  it('has no rates and latencies of nothing', async () => {
    const { sender, clock } = await scene([])
    const { successRate, latency, oldestDue } = await sender.stats({ since: clock.now() })
    expect([successRate, latency, oldestDue]).toEqual([undefined, undefined, undefined])
  })

  it.each([
    ['no time', {}, /^stats needs since: give milliseconds/],
    ['a date', { since: new Date(0) }, /^since of stats is of another type: give milliseconds/],
    [
      'a span that is not counted',
      { since: 0, every: 'week' },
      /^every of stats is of another type: give one of minute, hour, day/,
    ],
    ['a misspelled member', { since: 0, ownr: 'ann' }, /no option 'ownr': did you mean 'owner'/],
    ['an owner that is undefined', { since: 0, owner: undefined }, /^owner of stats is undefined/],
  ])('refuses %s', async (_, filter, text) => {
    const { sender } = await scene([])
    await expect(sender.stats(filter as { since: number })).rejects.toThrow(text)
  })

  it('tells each minute in which something has happened, and the endpoints that are held', async () => {
    const { sender, callbacks, receiver, sendAfter, clock } = await scene([
      response(200),
      response(503, { 'retry-after': '600' }),
    ])
    const start = clock.now() - (clock.now() % 60_000)
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    await callbacks.send(message(receiver.url))
    await sendAfter(180_000)
    const { spans, held, ...rest } = await sender.stats({
      since: start,
      every: 'minute',
      held: true,
    })
    expect(spans).toMatchObject([
      {
        since: start,
        length: 60_000,
        states: { delivered: 1, dead: 0 },
        successRate: 1,
        attempts: { total: 1, succeeded: 1, failed: 0 },
        latency: { p50: expect.any(Number) },
      },
      { since: start + 180_000, states: { delivered: 0 }, attempts: { outcomes: { 503: 1 } } },
    ])
    expect(spans?.[1]).not.toHaveProperty('successRate')
    const endpoint = new URL(receiver.url).origin
    expect(held).toEqual([
      { owner: 'default', endpoint, heldUntil: clock.now() + 600_000, parked: 1 },
    ])
    expect(await sender.stats({ since: start })).toEqual(rest)
  })

  it('says so when the store does not count', async () => {
    const { sender, store } = await scene([])
    store.stats = undefined as never
    await expect(sender.stats({ since: 0 })).rejects.toThrow(/the store does not count/)
  })
})

describe('sender.health', () => {
  it('tells whether it is started, and how long the oldest delivery has been due', async () => {
    const { sender, callbacks, receiver, clock } = await scene([response(200)])
    await callbacks.send(message(receiver.url))
    clock.advance(5000)
    const up = { isStoreUp: true, isGuarded: true }
    const waiting = { isReady: false, isStarted: false, ...up, oldestDue: 5000 }
    expect(await sender.health()).toEqual(waiting)
    const delivered = new Promise<void>((resolve) => {
      sender.on(({ delivery }) => delivery.state === 'delivered' && resolve())
    })
    await sender.start()
    await delivered
    expect(await sender.health()).toEqual({ isReady: true, isStarted: true, ...up })
    await sender.stop()
    expect(await sender.health()).toMatchObject({ isReady: false, isStarted: false })
  })

  it('is ready while a shard of the store is down, and says which', async () => {
    const fail = () => Promise.reject(new Error('no disk'))
    const down = { ...memoryStore(), stats: fail, health: fail }
    const store = shardedStore([memoryStore(), down], { onError: () => {} })
    const { sender } = await scene([], { store })
    await sender.start()
    expect(await sender.health()).toMatchObject({ isReady: true, isStoreUp: true, missing: [1] })
    expect(await sender.stats({ since: 0 })).toMatchObject({ missing: [1] })
  })

  it('is not ready while the store fails, or does not respond', async () => {
    const { sender, store, clock } = await scene([])
    await sender.start()
    store.health = () => Promise.reject(new Error('no disk'))
    expect(await sender.health()).toMatchObject({ isReady: false, isStoreUp: false })
    let asked = () => {}
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve
    })
    store.health = () => {
      asked()
      return new Promise(() => {})
    }
    const health = sender.health()
    await isAsked
    clock.advance(5000)
    expect(await health).toMatchObject({ isReady: false, isStoreUp: false })
  })

  it('asks a store that has no health of its own for what it counts, or for a delivery', async () => {
    const { sender, store, callbacks, receiver, clock } = await scene([])
    await callbacks.send(message(receiver.url))
    clock.advance(5000)
    const asked: string[] = []
    for (const name of ['health', 'stats', 'query'] as const) {
      const method = store[name] as (...given: unknown[]) => Promise<unknown>
      Object.assign(store, {
        [name]: (...given: unknown[]) => {
          asked.push(name)
          return method(...given)
        },
      })
    }
    expect(await sender.health()).toMatchObject({ isStoreUp: true, oldestDue: 5000 })
    Object.assign(store, { health: undefined })
    expect(await sender.health()).toMatchObject({ isStoreUp: true, oldestDue: 5000 })
    Object.assign(store, { stats: undefined })
    expect(await sender.health()).not.toHaveProperty('oldestDue')
    expect(asked).toEqual(['health', 'stats', 'query'])
  })

  it('is not ready with a transport that guards nothing', async () => {
    const fetch = () => Promise.resolve(new Response())
    const { sender } = await scene([], { fetch, policy: {} })
    expect(await sender.health()).toMatchObject({ isReady: false, isGuarded: false })
  })
})
