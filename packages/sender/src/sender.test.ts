import { callback } from '@ringback/core'
import { verify } from '@ringback/signing'
import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import { manualClock } from '../test/manual-clock.ts'
import { message, operationCallback } from '../test/message.ts'
import { scene, secrets } from '../test/scene.ts'
import { response } from '../test/sink.ts'
import { createSender } from './sender.ts'
import { memoryStore } from './store/memory/memory-store.ts'
import { guardedFetch } from './transport/node/index.ts'

const OK = response(200, { 'content-type': 'application/json' }, '{"ok":true}')

describe('send', () => {
  it('stores the delivery and does not wait for the network', async () => {
    const { receiver, sender, callbacks } = await scene([OK])
    const delivery = await callbacks.send(message(receiver.url))
    expect(delivery).toMatchObject({ state: 'scheduled', attemptCount: 0 })
    expect(await sender.deliveries()).toMatchObject([
      { id: delivery.id, state: 'scheduled', attempts: [] },
    ])
    expect(receiver.requests).toEqual([])
  })

  it('is signed, byte for byte what the receiver verifies', async () => {
    const { receiver, sender, callbacks, clock } = await scene([OK])
    const { id } = await callbacks.send(message(`${receiver.url}/events`))
    expect(await sender.sendDue()).toBe(1)

    const [head = '', body = ''] = (receiver.requests[0] ?? '').split('\r\n\r\n')
    const [line, ...fields] = head.split('\r\n')
    const headers = new Headers(
      fields.map((field) => field.split(/: (.*)/s, 2) as [string, string]),
    )
    expect(line).toBe('POST /events/invoices/2expen51ve HTTP/1.1')
    expect(body).toBe('{"description":"Payment celebration","paid":true}')
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/json',
      'content-length': '49',
      'accept-encoding': 'identity',
      'idempotency-key': id,
      'webhook-id': id,
      'webhook-timestamp': String(clock.now() / 1000),
    })
    await verify({ headers, body, secrets, now: clock.now() / 1000 })
    expect(await sender.deliveries()).toMatchObject([
      { state: 'delivered', attemptCount: 1, attempts: [{ status: 200 }] },
    ])
  })

  it('is retried on the schedule, with the same id and bytes and a new signature', async () => {
    const plays = [response(500), { reset: true } as const, response(302, { location: '/x' }), OK]
    const { receiver, sender, callbacks, clock, events, states } = await scene(plays)
    await callbacks.send(message(receiver.url))
    for (const delay of [0, 5000, 30_000, 120_000]) {
      clock.advance(delay - 1)
      expect(await sender.sendDue()).toBe(0)
      clock.advance(1)
      expect(await sender.sendDue()).toBe(1)
    }

    expect(states()).toEqual(['scheduled', 'scheduled', 'scheduled', 'scheduled', 'delivered'])
    expect(events.map((event) => event.attempt?.detail)).toEqual([
      undefined,
      'the receiver responded 500',
      expect.stringMatching(/^no response: (ECONNRESET|UND_ERR_SOCKET)$/),
      'the receiver redirected with 302: redirects are never followed',
      undefined,
    ])
    expect(receiver.requests).toHaveLength(4)
    const field = (name: string) =>
      new Set(receiver.requests.map((request) => new RegExp(`${name}: (.*)\r`).exec(request)?.[1]))
    expect(field('webhook-id').size).toBe(1)
    expect(field('webhook-timestamp').size).toBe(4)
    expect(new Set(receiver.requests.map((request) => request.split('\r\n\r\n')[1])).size).toBe(1)
  })

  it('waits as long as the schedule says, also before the first attempt', async () => {
    const { receiver, sender, callbacks, clock } = await scene([OK], { schedule: [60_000] })
    await callbacks.send(message(receiver.url))
    expect(await sender.sendDue()).toBe(0)
    clock.advance(60_000)
    expect(await sender.sendDue()).toBe(1)
  })

  it('keeps what the application throws out of the record', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { receiver, sender, callbacks } = await scene([OK], {
      secrets: () => {
        throw new Error('password=hunter2')
      },
    })
    await callbacks.send(message(receiver.url))
    await sender.sendDue()
    expect(await sender.deliveries()).toMatchObject([
      { state: 'scheduled', detail: 'the request could not be signed or made' },
    ])
    expect(log).toHaveBeenCalledOnce()
    log.mockRestore()
  })

  it('ends when the schedule is spent, and when the receiver is gone', async () => {
    const { receiver, sender, callbacks, clock } = await scene(
      [response(500), response(500), response(410)],
      {
        schedule: [0, 1000],
      },
    )
    await callbacks.send(message(receiver.url))
    await sender.sendDue()
    clock.advance(1000)
    await sender.sendDue()
    await callbacks.send(message(receiver.url))
    await sender.sendDue()
    expect(await sender.deliveries()).toMatchObject([
      { state: 'dead', reason: 'gone', attemptCount: 1 },
      { state: 'dead', reason: 'exhausted', attemptCount: 2, detail: 'the receiver responded 500' },
    ])
  })

  it('ends at the deadline when no answer comes, or when its body never ends', async () => {
    const endless = `${response(500, { 'content-length': '1000' })}abc`
    const { receiver, sender, callbacks, clock } = await scene([
      { hang: true },
      { hang: true, start: endless },
    ])
    for (const _ of [1, 2]) {
      await callbacks.send(message(receiver.url))
      const sending = sender.sendDue()
      const seen = receiver.requests.length + 1
      await vi.waitFor(() => expect(receiver.requests).toHaveLength(seen))
      clock.advance(15_000)
      await sending
    }
    expect(await sender.deliveries()).toMatchObject([
      { state: 'scheduled', detail: expect.stringMatching(/15 s|responded 500/) },
      { state: 'scheduled', detail: 'no complete response within 15 s' },
    ])
  })

  it('believes a 2xx whose body is cut off, or longer than we read', async () => {
    const cut = response(200, { 'content-length': '100' }, 'abc')
    const large = response(200, {}, 'x'.repeat(300_000))
    const { receiver, sender, callbacks } = await scene([cut, large])
    await callbacks.send(message(receiver.url))
    const sending = sender.sendDue()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    await receiver.close() // the connection breaks in the middle of the body
    await sending
    expect(await sender.deliveries()).toMatchObject([{ state: 'delivered' }])
  })

  it('reads no more of an answer than it needs', async () => {
    const { receiver, sender, callbacks } = await scene([response(200, {}, 'x'.repeat(3_000_000))])
    await callbacks.send(message(receiver.url))
    await sender.sendDue()
    expect(await sender.deliveries()).toMatchObject([{ state: 'delivered' }])
  })

  it('leaves no row for a request that asked for no callback', async () => {
    const { sender, callbacks, states } = await scene([OK])
    expect(await callbacks.send(message(undefined))).toMatchObject({ state: 'skipped' })
    expect(await sender.deliveries()).toEqual([])
    expect(states()).toEqual(['skipped'])
  })

  it.each([
    ['javascript:alert(1)', 'unresolvable'],
    ['http://user:pw@127.0.0.1:9', 'unresolvable'],
    ['http://10.0.0.1/', 'dead'],
    ['http://127.0.0.1:1/', 'dead'],
  ])('opens no connection for %s, and says why', async (url, state) => {
    const { receiver, sender, callbacks } = await scene([OK])
    const delivery = await callbacks.send(message(url))
    expect(delivery).toMatchObject({ state, detail: expect.any(String), attemptCount: 0 })
    expect(await sender.sendDue()).toBe(0)
    expect(await sender.deliveries()).toMatchObject([{ id: delivery.id, state }])
    expect(receiver.connections()).toBe(0)
  })

  it('goes on when a listener throws', async () => {
    const { receiver, sender, callbacks } = await scene([OK])
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    sender.on(() => {
      throw new Error('mine')
    })
    sender.on(async () => {
      throw new Error('mine, later')
    })
    await callbacks.send(message(receiver.url))
    expect(await sender.sendDue()).toBe(1)
    await vi.waitFor(() => expect(log).toHaveBeenCalledTimes(4))
    log.mockRestore()
  })

  it('shares its limit with every sendDue', async () => {
    const { receiver, sender, callbacks, clock } = await scene([{ hang: true }], { concurrency: 2 })
    for (const _ of [1, 2, 3, 4]) await callbacks.send(message(receiver.url))
    const sending = [sender.sendDue(), sender.sendDue(), sender.sendDue()]
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(2))
    expect(await sender.deliveries({ state: 'sending' })).toHaveLength(2)
    await vi.waitFor(() => {
      clock.advance(15_000)
      expect(receiver.requests.length).toBeGreaterThanOrEqual(4)
    })
    await receiver.close()
    await Promise.all(sending)
  })

  it('is sent at once where a request has to be outlived', async () => {
    const waiting: Promise<unknown>[] = []
    const { receiver, callbacks, states } = await scene([OK], {
      waitUntil: (promise) => waiting.push(promise),
    })
    await callbacks.send(message(receiver.url))
    await Promise.all(waiting)
    expect(states()).toEqual(['scheduled', 'delivered'])
  })
})

describe('start', () => {
  it('sends what was stored, and what comes after', async () => {
    const { receiver, sender, callbacks } = await scene([OK])
    await callbacks.send(message(receiver.url))
    await sender.start()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    await callbacks.send(message(receiver.url))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(2))
  })

  it('wakes for a retry', async () => {
    const { receiver, sender, callbacks, clock, states } = await scene([response(500), OK])
    await sender.start()
    await callbacks.send(message(receiver.url))
    await vi.waitFor(() => expect(states()).toEqual(['scheduled', 'scheduled']))
    await vi.waitFor(() => {
      clock.advance(1000)
      expect(states().at(-1)).toBe('delivered')
    })
  })

  it('sends several at once, but no more than allowed', async () => {
    const { receiver, sender, callbacks, clock } = await scene([{ hang: true }], { concurrency: 2 })
    await sender.start()
    for (const _ of [1, 2, 3, 4, 5]) await callbacks.send(message(receiver.url))
    for (const seen of [2, 4]) {
      await vi.waitFor(() => expect(receiver.requests).toHaveLength(seen))
      expect(await sender.deliveries({ state: 'sending' })).toHaveLength(2)
      clock.advance(15_000)
    }
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(5))
  })

  it('fails where nobody guards the connections, and not where somebody else does', async () => {
    const unguarded = { fetch: (...args: Parameters<typeof fetch>) => fetch(...args) }
    const { sender } = await scene([OK], unguarded)
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
  it('waits for what is being sent, and takes nothing more', async () => {
    const { receiver, sender, callbacks, states } = await scene([{ hang: true }])
    await sender.start()
    await callbacks.send(message(receiver.url))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    const stopped = sender.stop()
    await callbacks.send(message(receiver.url))
    await receiver.close()
    await stopped
    expect(states()).toEqual(['scheduled', 'scheduled', 'scheduled'])
    expect(receiver.requests).toHaveLength(1)
  })

  it('cuts off what takes longer than its grace, at no cost to the schedule', async () => {
    const { receiver, sender, callbacks, clock } = await scene([{ hang: true }], { grace: 3000 })
    await sender.start()
    await callbacks.send(message(receiver.url))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    const stopped = sender.stop()
    await vi.waitFor(async () => {
      clock.advance(3000)
      expect(await sender.deliveries()).toMatchObject([
        {
          state: 'scheduled',
          attemptCount: 0,
          attempts: [{ detail: expect.stringMatching(/^the sender was stopped/) }],
        },
      ])
    })
    await stopped
  })

  it('can be followed by a start, and by sendDue, which send again', async () => {
    const { receiver, sender, callbacks, clock, states } = await scene([{ hang: true }, OK], {
      grace: 3000,
    })
    await sender.start()
    await callbacks.send(message(receiver.url))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    const stopped = sender.stop()
    const started = sender.start()
    await vi.waitFor(() => {
      clock.advance(3000)
      expect(states().at(-1)).toBe('delivered')
    })
    await Promise.all([stopped, started])
    await sender.stop()
    expect(receiver.requests).toHaveLength(2)
    await callbacks.send(message(receiver.url))
    expect(await sender.sendDue()).toBe(1)
  })

  it('comes after a start that is still under way', async () => {
    const { receiver, sender, callbacks } = await scene([OK])
    await Promise.all([sender.start(), sender.stop()])
    await callbacks.send(message(receiver.url))
    expect(await sender.deliveries()).toMatchObject([{ state: 'scheduled' }])
    expect(receiver.requests).toEqual([])
  })

  it('waits for what a claim in flight has claimed', async () => {
    const { receiver, sender, callbacks } = await scene([OK])
    await sender.start()
    await callbacks.send(message(receiver.url)) // wakes the worker, whose claim has begun
    await sender.stop()
    const [record] = await sender.deliveries()
    expect(['scheduled', 'delivered']).toContain(record?.state)
  })

  it('waits for a call, and cuts it off after its grace', async () => {
    const { receiver, sender, callbacks, clock } = await scene([{ hang: true }], { grace: 3000 })
    const calling = callbacks.call(message(receiver.url))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    let isStopped = false
    const stopped = sender.stop().then(() => {
      isStopped = true
    })
    expect(isStopped).toBe(false)
    let isEnded = false
    void calling.then(() => {
      isEnded = true
    })
    await vi.waitFor(() => {
      clock.advance(3000)
      expect(isEnded).toBe(true)
    })
    await stopped
    expect(await calling).toMatchObject({ ok: false, delivery: { state: 'dead' } })
  })
})

describe('calls that take the room of deliveries', () => {
  it('never make a claim without a limit', async () => {
    const clock = manualClock()
    const store = memoryStore({ clock })
    const limits: number[] = []
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const { receiver, sender, callbacks } = await scene([{ hang: true }], {
      clock,
      concurrency: 1,
      store: {
        ...store,
        sweep: async (limit) => {
          await gate
          return store.sweep(limit)
        },
        claim: (options) => {
          limits.push(options.limit)
          return store.claim(options)
        },
      },
    })
    await callbacks.send(message(receiver.url))
    const sending = sender.sendDue()
    const calls = [1, 2].map(() => callbacks.call(message(receiver.url)))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(2))
    release()
    await receiver.close()
    await Promise.all(calls)
    expect(await sending).toBe(1)
    expect(Math.min(...limits)).toBeGreaterThan(0)
  })
})

describe('a store that fails', () => {
  it('at commit is tried again, so that nothing is sent twice', async () => {
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
    await vi.waitFor(() => {
      clock.advance(100)
      expect(states().at(-1)).toBe('delivered')
    })
    await sending
    expect(receiver.requests).toHaveLength(1)
  })

  it('at enqueue fails the send, so that nothing is lost unseen', async () => {
    const failing = { ...memoryStore(), enqueue: () => Promise.reject(new Error('disk is full')) }
    const { receiver, callbacks } = await scene([OK], { store: failing })
    await expect(callbacks.send(message(receiver.url))).rejects.toThrow('disk is full')
  })
})

describe('call', () => {
  it('gives the validated answer, and leaves a record', async () => {
    const { receiver, sender, callbacks, states } = await scene([OK])
    expect(await callbacks.call(message(receiver.url))).toMatchObject({
      ok: true,
      response: { status: 200, body: { ok: true } },
      delivery: { state: 'delivered', attemptCount: 1 },
    })
    expect(await sender.deliveries()).toMatchObject([
      { state: 'delivered', attempts: [{ status: 200 }] },
    ])
    expect(states()).toEqual(['delivered'])
  })

  it.each([
    ['a status that is not declared', response(202), /202, which the callback does not declare/],
    [
      'a body that breaks its schema',
      response(200, {}, '{"ok":1}'),
      /does not match its declaration/,
    ],
    ['a body that is no JSON', response(200, {}, '<html>'), /does not match its declaration/],
    ['no answer', { reset: true } as const, /no response/],
  ])('is not ok after %s, and is never retried', async (_, play, detail) => {
    const { receiver, sender, callbacks, clock } = await scene([play])
    const result = await callbacks.call(message(receiver.url))
    expect(result).toMatchObject({ ok: false, detail: expect.stringMatching(detail) })
    clock.advance(10_000_000)
    expect(await sender.sendDue()).toBe(0)
    expect(receiver.requests).toHaveLength(1)
  })

  it('has typed answers for declared failures, too', async () => {
    const { receiver, callbacks } = await scene([response(404)])
    const event = operationCallback(
      callback('post', `${receiver.url}/x`).body(v.any()).response(404),
    )
    expect(await callbacks.call(message('x', { callback: event }))).toMatchObject({
      ok: true,
      response: { status: 404 },
      delivery: { state: 'dead', reason: 'exhausted' },
    })
  })

  it('makes no request without a URL', async () => {
    const { callbacks } = await scene([OK])
    expect(await callbacks.call(message(undefined))).toMatchObject({
      ok: false,
      delivery: { state: 'skipped' },
    })
  })

  it("ends with the request's own signal", async () => {
    const { receiver, callbacks } = await scene([{ hang: true }])
    const controller = new AbortController()
    const calling = callbacks.call(message(receiver.url), controller.signal)
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    controller.abort()
    expect(await calling).toMatchObject({ ok: false })
  })
})

describe('createSender', () => {
  it.each([
    ['concurrency', { concurrency: Number.NaN }],
    ['concurrency', { concurrency: 0 }],
    ['deadline', { deadline: -1 }],
    ['grace', { grace: Number.NaN }],
    ['schedule', { schedule: [] }],
    ['schedule', { schedule: [0, Number.NaN] }],
  ])('refuses a %s that stands still', (name, options) => {
    const build = () => createSender({ store: memoryStore(), secrets, ...options })
    expect(build).toThrow(expect.objectContaining({ code: 'option' }))
    expect(build).toThrow(name)
  })

  it('refuses to list addresses as the only targets where nobody knows what names resolve to', () => {
    const options = { store: memoryStore(), secrets, egress: 'platform' } as const
    const ranges = { only: ['partner.example', '93.184.216.34'] }
    expect(() => createSender({ ...options, policy: ranges })).toThrow(
      expect.objectContaining({ code: 'option', message: expect.stringContaining('host names') }),
    )
    createSender({ ...options, policy: { only: ['partner.example'] } })
    const fetch = guardedFetch({ policy: ranges })
    createSender({ ...options, fetch })
  })

  it('refuses a policy that is not valid', () => {
    const wrong = { policy: { allow: ['not an address!'] } }
    expect(() => createSender({ store: memoryStore(), secrets, ...wrong })).toThrow(
      expect.objectContaining({ code: 'policy' }),
    )
  })

  it.each([
    ['no secret', []],
    ['a variable that is not set', [process.env.NO_SUCH_VARIABLE as string]],
  ])('refuses %s', (_, given) => {
    expect(() => createSender({ store: memoryStore(), secrets: given })).toThrow(
      expect.objectContaining({ code: 'secret' }),
    )
  })
})
