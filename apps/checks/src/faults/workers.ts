import { createSender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '@ringback/store-sqlite'
import { expect, vi } from 'vitest'
import { messageTo } from './callback-message.ts'
import { type Faults, faultScene, SECRET } from './fault-scene.ts'

const LEASE = 45_000

/** Faults of workers, stores and clocks. */
export const WORKERS: Faults = {
  async 'lease lost while the request is still running (GC pause, slow receiver)'() {
    const { send, sender, store, clock, receiver, latest } = await faultScene([
      { status: 200, delay: 10_000 },
      200,
    ])
    await send()
    const sending = sender.sendDue()
    await receiver.received(1)
    // the clock of the store moves on while this process is paused
    clock.set(clock.now() + LEASE)
    expect((await store.claim({ limit: 0, lease: LEASE })).swept).toHaveLength(1)
    clock.advance(10_000)
    await sending
    // at least once: both the refused and the successful attempt are recorded
    const { state, attempts } = await latest()
    expect([state, attempts.map(({ isOrphan }) => isOrphan)]).toEqual([
      'delivered',
      [true, undefined],
    ])
  },

  async 'store unreachable at commit'() {
    const scene = await faultScene([200])
    let failures = 3
    const failing = {
      ...scene.store,
      commit: (...args: Parameters<typeof scene.store.commit>) => {
        failures -= 1
        return failures >= 0
          ? Promise.reject(new Error('the disk is gone'))
          : scene.store.commit(...args)
      },
    }
    const other = await faultScene([200], { store: failing, clock: scene.clock })
    await other.send()
    const sending = other.sender.sendDue()
    await expect
      .poll(async () => {
        scene.clock.advance(100)
        return (await scene.store.query())[0]?.state
      })
      .toBe('delivered')
    await sending
    expect(other.receiver.requests).toHaveLength(1)
  },

  async 'store unreachable at enqueue'() {
    const { store, send, sender } = await faultScene([200])
    store.close()
    await expect(send()).rejects.toMatchObject({ name: 'StoreError' })
    await expect(sender.deliveries()).rejects.toMatchObject({ name: 'StoreError' })
  },

  async 'engine loses a wake-up / engine wiped (svix#1844 class)'() {
    const { path, clock, receiver, send, latest } = await faultScene([200])
    await send() // no sender is started, so nothing is woken
    const transport = guardedFetch({ policy: { allowHttp: true, allow: ['127.0.0.1'] } })
    const store = sqliteStore(path, { clock })
    const another = createSender({ store, clock, fetch: transport, secrets: [SECRET], log: false })
    await another.start()
    await receiver.received(1)
    await expect.poll(async () => (await latest()).state).toBe('delivered')
    await another.stop()
    await transport.close()
    store.close()
  },

  async 'engine delivers a wake-up twice or early'() {
    const { send, sender, receiver, sendAfter } = await faultScene([200])
    await send({ options: { delay: 1000 } })
    expect(await Promise.all([sender.sendDue(), sender.sendDue()])).toMatchObject([
      { sent: 0 },
      { sent: 0 },
    ])
    await sendAfter(1000)
    await Promise.all([1, 2, 3].map(() => sender.sendDue()))
    expect(receiver.requests).toHaveLength(1)
  },

  async SIGTERM() {
    const { send, sender, receiver, latest, clock } = await faultScene([
      { status: 200, delay: 3000 },
    ])
    await sender.start()
    await send()
    await receiver.received(1)
    const stopped = sender.stop()
    await send()
    clock.advance(3000)
    await stopped
    expect(receiver.requests).toHaveLength(1)
    expect((await latest()).state).toBe('scheduled')
    expect(await sender.deliveries({ state: 'delivered' })).toHaveLength(1)
    expect(await sender.deliveries({ state: 'sending' })).toEqual([])
  },

  async 'endpoint url changed while retries wait'() {
    const { send, sendAfter, receiver } = await faultScene([500, 200])
    const message = messageTo(`${receiver.url}/first`)
    await send({ url: `${receiver.url}/first` })
    await sendAfter(0)
    // the evaluated URL is stored, and does not change with the message
    Object.assign(message.exchange.request, { url: 'https://api.example/?url=https://b.example' })
    await sendAfter(5000)
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/first', '/first'])
  },

  async 'manual resend during an automatic retry'() {
    const { send, sender, sendAfter, receiver, clock } = await faultScene([
      500,
      { status: 200, delay: 1000 },
    ])
    const { id } = await send()
    await sendAfter(0)
    await sender.redrive(id) // in place of the retry that waits
    const sending = sender.sendDue()
    await receiver.received(2)
    expect(await sender.redrive(id)).toMatchObject({ state: 'sending' })
    clock.advance(1000)
    await sending
    await sendAfter(10_000_000)
    expect(receiver.requests).toHaveLength(2)
  },

  async 'ordered endpoint, head fails'() {
    const { send, sender, sendAfter, receiver } = await faultScene([500, 200])
    const sendTo = (path: string, orderKey: string) =>
      send({ url: `${receiver.url}/${path}`, options: { orderKey } })
    const head = await sendTo('a1', 'a')
    await sendTo('a2', 'a')
    await sendAfter(0)
    await sendTo('b1', 'b')
    await sendAfter(0)
    const paths = () => receiver.requests.map(({ path }) => path)
    expect(paths()).toEqual(['/a1', '/b1'])
    await sender.cancel(head.id)
    await sendAfter(0)
    expect(paths()).toEqual(['/a1', '/b1', '/a2'])
  },

  async 'one dead endpoint with 100k messages'() {
    const { send, store, sender, sendAfter, receiver, clock } = await faultScene([500])
    const healthy = await faultScene([200])
    const first = await send()
    const stored = await store.find(first.id)
    if (stored === undefined) throw new Error('the delivery is not stored')
    const copies = Array.from({ length: 20_000 }, (_, n) => ({ ...stored, id: `msg_${n}` }))
    await Promise.all(copies.map((copy) => store.enqueue(copy)))
    await sendAfter(0)
    // the breaker has opened after a few failures, and the other deliveries wait
    expect(receiver.requests.length).toBeLessThan(64)
    await send({ url: healthy.receiver.url })
    expect(await sendAfter(0)).toBe(1)
    expect(healthy.receiver.requests).toHaveLength(1)
    clock.advance(60_000)
    await send({ url: healthy.receiver.url })
    expect((await sender.sendDue()).sent).toBe(2) // the probe, and the healthy endpoint's
  },

  async 'clock jumps back/forward'() {
    const { send, sender, sendAfter, clock, receiver, latest } = await faultScene([500, 200])
    await send()
    await sendAfter(0)
    clock.set(clock.now() - 3_600_000) // back: the retry waits longer, and nothing is sent twice
    expect((await sender.sendDue()).sent).toBe(0)
    clock.set(clock.now() + 2 * 3_600_000)
    expect((await sender.sendDue()).sent).toBe(1)
    expect((await sender.sendDue()).sent).toBe(0)
    expect(receiver.requests).toHaveLength(2)
    const { attempts, state } = await latest()
    expect(state).toBe('delivered')
    for (const { duration } of attempts) expect(duration).toBeGreaterThanOrEqual(0)
    const signed = receiver.requests.map(({ headers }) => Number(headers['webhook-timestamp']))
    expect((signed[1] ?? 0) - (signed[0] ?? 0)).toBe(3600)
  },

  async 'poison row (bad JSON in the store, missing secret)'() {
    const errors = vi.fn()
    const ignore = () => {}
    const { send, sender, sendAfter, latest } = await faultScene([200], {
      log: { debug: ignore, info: ignore, warn: ignore, error: errors },
      schedule: [0, 1000],
      secrets: (owner) => (owner === 'poisoned' ? [] : [SECRET]),
    })
    const { id } = await send({ owner: 'poisoned' })
    await sendAfter(0)
    await send()
    await sendAfter(1000)
    expect((await latest()).state).toBe('delivered')
    expect(await sender.deliveries({ id })).toMatchObject([{ state: 'dead', reason: 'internal' }])
    expect(errors).toHaveBeenCalledTimes(2)
  },
}
