import { verify } from '@ringback/signing'
import { describe, expect, it, vi } from 'vitest'
import { message } from '../test/message.ts'
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
    expect((await sender.sendDue()).sent).toBe(1)

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
      if (delay > 0) {
        clock.advance(delay - 1)
        expect(await sender.sendDue()).toMatchObject({ sent: 0, nextAt: clock.now() + 1 })
        clock.advance(1)
      }
      expect((await sender.sendDue()).sent).toBe(1)
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
    expect((await sender.sendDue()).sent).toBe(0)
    clock.advance(60_000)
    expect((await sender.sendDue()).sent).toBe(1)
  })

  it('does not record errors of the application', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { receiver, sender, callbacks } = await scene([OK], {
      log: console,
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

  it('ends at the end of the schedule, and when the receiver is gone', async () => {
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

  it('ends at the deadline without a response, or when its body never ends', async () => {
    const endless = `${response(500, { 'content-length': '1000' })}abc`
    const { receiver, sender, callbacks, clock } = await scene([
      { hang: true },
      { hang: true, start: endless },
    ])
    for (const _ of [1, 2]) {
      await callbacks.send(message(receiver.url))
      const sending = sender.sendDue()
      const seen = receiver.requests.length + 1
      await vi.waitFor(() => expect(receiver.requests).toHaveLength(seen), { timeout: 15_000 })
      clock.advance(15_000)
      await sending
    }
    expect(await sender.deliveries()).toMatchObject([
      { state: 'scheduled', detail: expect.stringMatching(/15 s|responded 500/) },
      { state: 'scheduled', detail: 'no complete response within 15 s' },
    ])
  })

  it('accepts a 2xx whose body is cut off, or longer than the limit', async () => {
    const cut = response(200, { 'content-length': '100' }, 'abc')
    const large = response(200, {}, 'x'.repeat(300_000))
    const { receiver, sender, callbacks } = await scene([cut, large])
    await callbacks.send(message(receiver.url))
    const sending = sender.sendDue()
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 15_000 })
    await receiver.close() // the connection breaks in the middle of the body
    await sending
    expect(await sender.deliveries()).toMatchObject([{ state: 'delivered' }])
  })

  it('reads no more of a response than it needs', async () => {
    const { receiver, sender, callbacks } = await scene([response(200, {}, 'x'.repeat(3_000_000))])
    await callbacks.send(message(receiver.url))
    await sender.sendDue()
    expect(await sender.deliveries()).toMatchObject([{ state: 'delivered' }])
  })

  it('stores nothing for a request that asked for no callback', async () => {
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
    expect((await sender.sendDue()).sent).toBe(0)
    expect(await sender.deliveries()).toMatchObject([{ id: delivery.id, state }])
    expect(receiver.connections()).toBe(0)
  })

  it('goes on when a listener throws', async () => {
    const { receiver, sender, callbacks } = await scene([OK], { log: console })
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    sender.on(() => {
      throw new Error('mine')
    })
    sender.on(async () => {
      throw new Error('mine, later')
    })
    await callbacks.send(message(receiver.url))
    expect((await sender.sendDue()).sent).toBe(1)
    await vi.waitFor(() => expect(log).toHaveBeenCalledTimes(4), { timeout: 15_000 })
    log.mockRestore()
  })

  it('shares its limit with sendDue', async () => {
    const { receiver, sender, callbacks, clock } = await scene([{ hang: true }], { concurrency: 2 })
    for (const _ of [1, 2, 3, 4]) await callbacks.send(message(receiver.url))
    const sending = [sender.sendDue(), sender.sendDue(), sender.sendDue()]
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(2), { timeout: 15_000 })
    expect(await sender.deliveries({ state: 'sending' })).toHaveLength(2)
    await vi.waitFor(
      () => {
        clock.advance(15_000)
        expect(receiver.requests.length).toBeGreaterThanOrEqual(4)
      },
      { timeout: 15_000 },
    )
    await receiver.close()
    await Promise.all(sending)
  })

  it('is sent at once with waitUntil', async () => {
    const waiting: Promise<unknown>[] = []
    const { receiver, callbacks, states } = await scene([OK], {
      waitUntil: (promise) => waiting.push(promise),
    })
    await callbacks.send(message(receiver.url))
    await Promise.all(waiting)
    expect(states()).toEqual(['scheduled', 'delivered'])
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
  ])('refuses an invalid %s', (name, options) => {
    const build = () => createSender({ store: memoryStore(), secrets, ...options })
    expect(build).toThrow(expect.objectContaining({ code: 'option' }))
    expect(build).toThrow(name)
  })

  it('refuses a policy.only with addresses when the connections are not guarded', () => {
    const options = { store: memoryStore(), secrets, egress: 'platform' } as const
    const ranges = { only: ['partner.example', '93.184.216.34'] }
    expect(() => createSender({ ...options, policy: ranges })).toThrow(
      expect.objectContaining({ code: 'option', message: expect.stringContaining('host names') }),
    )
    createSender({ ...options, policy: { only: ['partner.example'] } })
    const fetch = guardedFetch({ policy: ranges })
    createSender({ ...options, fetch })
  })

  it('refuses an invalid policy', () => {
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
