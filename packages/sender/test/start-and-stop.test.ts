import { describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../src/store/memory/memory-store.ts'
import { manualClock } from './manual-clock.ts'
import { message } from './message.ts'
import { scene } from './scene.ts'
import { response } from './sink.ts'

const OK = response(200, { 'content-type': 'application/json' }, '{"ok":true}')

describe('start', () => {
  it('sends what was stored before, and what is stored after', async () => {
    const { receiver, sender, callbacks } = await scene([OK])
    await callbacks.send(message(receiver.url))
    await sender.start()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 15_000 })
    await callbacks.send(message(receiver.url))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(2), { timeout: 15_000 })
  })

  it('wakes for a retry', async () => {
    const { receiver, sender, callbacks, clock, states } = await scene([response(500), OK])
    await sender.start()
    await callbacks.send(message(receiver.url))
    await vi.waitFor(() => expect(states()).toEqual(['scheduled', 'scheduled']), {
      timeout: 15_000,
    })
    await vi.waitFor(
      () => {
        clock.advance(1000)
        expect(states().at(-1)).toBe('delivered')
      },
      { timeout: 15_000 },
    )
  })

  it('sends several at once, but no more than allowed', async () => {
    const { receiver, sender, callbacks, clock } = await scene([{ hang: true }], { concurrency: 2 })
    await sender.start()
    for (const _ of [1, 2, 3, 4, 5]) await callbacks.send(message(receiver.url))
    for (const seen of [2, 4]) {
      await vi.waitFor(() => expect(receiver.requests).toHaveLength(seen), { timeout: 15_000 })
      expect(await sender.deliveries({ state: 'sending' })).toHaveLength(2)
      clock.advance(15_000)
    }
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(5), { timeout: 15_000 })
  })

  it('rejects when nothing guards the connections, unless egress says who does', async () => {
    const unguarded = { fetch: (...args: Parameters<typeof fetch>) => fetch(...args) }
    const { sender } = await scene([OK], { ...unguarded, policy: {} })
    await expect(sender.start()).rejects.toMatchObject({
      code: 'egress',
      message: expect.stringMatching(/guardedFetch/),
    })
    await expect(sender.sendDue()).rejects.toMatchObject({ code: 'egress' })
    const { sender: guarded } = await scene([OK], { ...unguarded, egress: 'proxy' })
    await guarded.start()
  })

  it('fails for a secret that cannot sign', async () => {
    const { sender } = await scene([OK], { secrets: ['whsec_c2hvcnQ='] })
    await expect(sender.start()).rejects.toMatchObject({ code: 'bad-secret' })
  })
})

describe('stop', () => {
  it('waits for what is being sent, and claims nothing more', async () => {
    const { receiver, sender, callbacks, states } = await scene([{ hang: true }])
    await sender.start()
    await callbacks.send(message(receiver.url))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 15_000 })
    const stopped = sender.stop()
    await callbacks.send(message(receiver.url))
    await receiver.close()
    await stopped
    expect(states()).toEqual(['scheduled', 'scheduled', 'scheduled'])
    expect(receiver.requests).toHaveLength(1)
  })

  it('aborts what takes longer than its grace, without using up the schedule', async () => {
    const { receiver, sender, callbacks, clock } = await scene([{ hang: true }], { grace: 3000 })
    await sender.start()
    await callbacks.send(message(receiver.url))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 15_000 })
    const stopped = sender.stop()
    await vi.waitFor(
      async () => {
        clock.advance(3000)
        expect(await sender.deliveries()).toMatchObject([
          {
            state: 'scheduled',
            attemptCount: 0,
            attempts: [{ detail: expect.stringMatching(/^the sender was stopped/) }],
          },
        ])
      },
      { timeout: 15_000 },
    )
    await stopped
  })

  it('can be followed by a start, and by sendDue, which send again', async () => {
    const { receiver, sender, callbacks, clock, states } = await scene([{ hang: true }, OK], {
      grace: 3000,
    })
    await sender.start()
    await callbacks.send(message(receiver.url))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 15_000 })
    const stopped = sender.stop()
    const started = sender.start()
    await vi.waitFor(
      () => {
        clock.advance(3000)
        expect(states().at(-1)).toBe('delivered')
      },
      { timeout: 15_000 },
    )
    await Promise.all([stopped, started])
    await sender.stop()
    expect(receiver.requests).toHaveLength(2)
    await callbacks.send(message(receiver.url))
    expect((await sender.sendDue()).sent).toBe(1)
  })

  it('waits for a start in progress', async () => {
    const { receiver, sender, callbacks } = await scene([OK])
    await Promise.all([sender.start(), sender.stop()])
    await callbacks.send(message(receiver.url))
    expect(await sender.deliveries()).toMatchObject([{ state: 'scheduled' }])
    expect(receiver.requests).toEqual([])
  })

  it('waits for what a claim in progress claims', async () => {
    const { receiver, sender, callbacks } = await scene([OK])
    await sender.start()
    await callbacks.send(message(receiver.url)) // wakes the worker, whose claim has begun
    await sender.stop()
    const [record] = await sender.deliveries()
    expect(['scheduled', 'delivered']).toContain(record?.state)
  })

  it('waits for a call, and aborts it after its grace', async () => {
    const { receiver, sender, callbacks, clock } = await scene([{ hang: true }], { grace: 3000 })
    const calling = callbacks.call(message(receiver.url))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 15_000 })
    let isStopped = false
    const stopped = sender.stop().then(() => {
      isStopped = true
    })
    expect(isStopped).toBe(false)
    let isEnded = false
    void calling.then(() => {
      isEnded = true
    })
    await vi.waitFor(
      () => {
        clock.advance(3000)
        expect(isEnded).toBe(true)
      },
      { timeout: 15_000 },
    )
    await stopped
    expect(await calling).toMatchObject({ ok: false, delivery: { state: 'dead' } })
  })
})

describe('a store that fails', () => {
  it('at commit is retried, so that nothing is sent twice', async () => {
    const clock = manualClock()
    const store = memoryStore({ clock })
    let failures = 3
    const { receiver, sender, callbacks, states } = await scene([OK], {
      clock,
      store: {
        ...store,
        commit: async (...args) => {
          failures -= 1
          if (failures >= 0) throw new Error('database is locked')
          return store.commit(...args)
        },
      },
    })
    await callbacks.send(message(receiver.url))
    const sending = sender.sendDue()
    await vi.waitFor(
      () => {
        clock.advance(100)
        expect(states().at(-1)).toBe('delivered')
      },
      { timeout: 15_000 },
    )
    await sending
    expect(receiver.requests).toHaveLength(1)
  })

  it('at enqueue rejects the send, so that nothing is lost silently', async () => {
    const failing = { ...memoryStore(), enqueue: () => Promise.reject(new Error('disk is full')) }
    const { receiver, callbacks } = await scene([OK], { store: failing })
    await expect(callbacks.send(message(receiver.url))).rejects.toThrow('disk is full')
  })
})
