// Callbacks whose URL reads the response to their request.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { callback, createApi, route, streamEvents } from '@ringback/core'
import { createSender, memoryStore } from '@ringback/sender'
import * as v from 'valibot'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { answerOrder, doing, ordersApp, postTo } from '../test/keep/orders.ts'
import { faultScene, SECRET } from './faults/fault-scene.ts'

const PROGRAM = fileURLToPath(new URL('../test/keep/killed-process.ts', import.meta.url))
const nothing = doing.what

afterEach(() => {
  doing.what = nothing
  vi.restoreAllMocks()
})

async function setUp(what: typeof doing.what = nothing) {
  doing.what = what
  const scene = await faultScene([204])
  const app = ordersApp(scene.sender)
  return { ...scene, order: () => postTo(app, '/answered', scene.receiver.url) }
}

describe('a callback whose URL reads the response', () => {
  it('is staged, stored before the response is released, and sent to the URL in it', async () => {
    const states: string[] = []
    const { store, receiver, order, sendAfter } = await setUp(async ({ callbacks }) => {
      states.push((await callbacks.created.send({ ok: true })).state)
      states.push(...(await store.query()).map(({ state }) => state))
    })
    expect((await order()).status).toBe(201)
    expect(states).toEqual(['staged'])
    expect(await store.query()).toMatchObject([{ state: 'scheduled' }])
    expect(await sendAfter(0)).toBe(1)
    expect(receiver.requests[0]).toMatchObject({ path: '/201/7b', body: '{"ok":true}' })
  })

  it('is sent when its staging was not awaited', async () => {
    const { order, sendAfter } = await setUp(async ({ callbacks }) => {
      void callbacks.created.send({ ok: true })
    })
    await order()
    expect(await sendAfter(0)).toBe(1)
  })

  it('is not sent when the handler throws afterwards', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    const { store, order } = await setUp(async ({ callbacks }) => {
      await callbacks.created.send({ ok: true })
      throw new Error('the order is not paid')
    })
    expect((await order()).status).toBe(500)
    expect(await store.query()).toEqual([])
  })

  it('rejects an invalid payload at once', async () => {
    const caught: unknown[] = []
    const { order, store } = await setUp(async ({ callbacks }) => {
      await callbacks.created.send({ ok: 1 as never }).catch((error) => caught.push(error))
    })
    expect((await order()).status).toBe(201)
    expect(caught).toMatchObject([{ code: 'payload' }])
    expect(await store.query()).toEqual([])
  })

  it.each(['prepare', 'call'] as const)(
    'cannot be sent by %s, which does not wait for the response',
    async (method) => {
      const caught: unknown[] = []
      const { order } = await setUp(async ({ callbacks }) => {
        await callbacks.created[method]({ ok: true }).catch((error: unknown) => caught.push(error))
      })
      expect((await order()).status).toBe(201)
      expect(caught).toMatchObject([
        {
          code: 'response-unavailable',
          message: expect.stringContaining('send it with callbacks.created.send(…)'),
        },
      ])
    },
  )

  it('cannot be sent after the response', async () => {
    let late: () => Promise<unknown> = async () => {}
    const { order, store } = await setUp(async ({ callbacks }) => {
      late = () => callbacks.created.send({ ok: true })
    })
    await order()
    await expect(late()).rejects.toMatchObject({ code: 'response-unavailable' })
    expect(await store.query()).toEqual([])
  })

  it.each([
    ['a response', 'responds', { ok: 1 as never }],
    ['an error of the handler', 'throws', { ok: true }],
  ])('cannot be sent after %s', async (_, does, payload) => {
    vi.spyOn(console, 'error').mockReturnValue()
    let late: () => Promise<unknown> = async () => {}
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    onTestFinished(() => void process.off('unhandledRejection', unhandled))
    const { order } = await setUp(async ({ callbacks }) => {
      late = () => callbacks.created.send(payload)
      if (does === 'throws') throw new Error('no')
    })
    await order()
    await expect(late()).rejects.toMatchObject({ code: 'response-unavailable' })
    await new Promise((resolve) => setImmediate(resolve))
    expect(unhandled).not.toHaveBeenCalled()
  })

  it.each([
    ['beforeAnswer', 0],
    ['afterAnswer', 1],
  ])('is stored or not when the process is killed %s', async (crashAt, count) => {
    const { path, receiver, sendAfter } = await setUp()
    const env = { ...process.env, DATABASE: path, SINK: receiver.url, CRASH_AT: crashAt }
    const { signal } = spawnSync(process.execPath, [PROGRAM], { env })
    expect(signal).toBe('SIGKILL')
    // the process stored it at the real time, which this clock has not reached
    expect(await sendAfter(100 * 365 * 24 * 3_600_000)).toBe(count)
  })

  it('is kept with the response, and sent later', async () => {
    const { sender, receiver, order, sendAfter } = await setUp(({ exchange }) => exchange.keep('a'))
    expect((await order()).status).toBe(201)
    await sender.resume(answerOrder, 'a').created.send({ ok: true })
    await sendAfter(0)
    expect(receiver.requests[0]?.path).toBe('/201/7b')
  })

  it.each([
    ['twice', 'a', 'kept'],
    ['under an invalid key', 'a\ud800', 'option'],
  ])('is not kept %s, and the handler gets the error', async (_, key, code) => {
    const caught: unknown[] = []
    const { order } = await setUp(async ({ exchange }) => {
      await exchange.keep(key).catch((error) => caught.push(error))
    })
    await order()
    expect((await order()).status).toBe(201)
    expect(caught.at(-1)).toMatchObject({ code })
  })

  it('is kept once by two requests at the same time', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    const { order } = await setUp(({ exchange }) => exchange.keep('a'))
    const responses = await Promise.all([order(), order()])
    expect(responses.map(({ status }) => status).sort()).toEqual([201, 500])
  })
})

describe('a response that a callback reads', () => {
  const created = callback('post', 'https://a.example/{$response.body#/number}').response(204)
  const operation = route('get', '/x')
    .response(200, v.object({ number: v.string() }))
    .response(404, v.object({ title: v.string() }), { mediaType: 'application/problem+json' })
    .responseAs(200, 'text/event-stream', v.string())
    .responseAs(200, 'text/plain', v.string())
    .callback('created', created)

  type Handle = Parameters<typeof operation.handle>[0]

  async function request(handle: Handle, bodyLimit = 100) {
    const error = vi.spyOn(console, 'error').mockReturnValue()
    const sender = createSender({
      store: memoryStore(),
      secrets: [SECRET],
      egress: 'platform',
    })
    const options = { info: { title: 'X', version: '1' }, sender, bodyLimit }
    const app = createApi(options, [operation.handle(handle)])
    const response = await app.request('/x')
    return { response, deliveries: await sender.deliveries(), logged: String(error.mock.calls) }
  }

  it('is released unchanged', async () => {
    const { response, deliveries } = await request(async (c, { callbacks }) => {
      await callbacks.created.send()
      return c.json({ number: 'a b' }, 200)
    })
    expect(await response.json()).toEqual({ number: 'a b' })
    expect(deliveries).toMatchObject([{ url: 'https://a.example/a%20b' }])
  })

  it('leaves an unresolvable delivery when it lacks the value', async () => {
    const { response, deliveries } = await request(async (c, { callbacks }) => {
      await callbacks.created.send()
      return c.json({ title: 'no such order' }, 404)
    })
    expect(response.status).toBe(404)
    expect(deliveries).toMatchObject([{ state: 'unresolvable' }])
  })

  it('sends nothing when it breaks its declaration', async () => {
    const { response, deliveries } = await request(async (c, { callbacks }) => {
      await callbacks.created.send()
      return c.json({ number: 1 as never }, 200)
    })
    expect([response.status, deliveries]).toEqual([500, []])
  })

  it('cannot be a stream', async () => {
    const { response, deliveries, logged } = await request(async (c, { callbacks }) => {
      await callbacks.created.send()
      return streamEvents(c, 200, async (stream) => {
        await stream.send({ data: 'never' })
      })
    })
    expect([response.status, deliveries]).toEqual([500, []])
    expect(logged).toContain('GET /x: the URL of a callback')
    expect(logged).toContain('is streamed')
  })

  it('cannot be longer than the limit', async () => {
    const { response, deliveries, logged } = await request(async (c, { callbacks }) => {
      await callbacks.created.send()
      return c.json({ number: 'a'.repeat(100) }, 200)
    })
    expect([response.status, deliveries]).toEqual([500, []])
    expect(logged).toContain('more than 100 bytes')
  })

  it('may be a stream when no callback waits for it', async () => {
    const { response } = await request((c) =>
      streamEvents(c, 200, async (stream) => {
        await stream.send({ data: 'a' })
      }),
    )
    expect(await response.text()).toBe('data: a\n\n')
  })

  it('may be text, without members to read', async () => {
    const { response, deliveries } = await request(async (c, { callbacks }) => {
      await callbacks.created.send()
      return c.text('done', 200)
    })
    expect(await response.text()).toBe('done')
    expect(deliveries).toMatchObject([{ state: 'unresolvable' }])
  })
})
