import { Hono } from 'hono'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createApi } from '../api.ts'
import { callback } from '../builders/callback.ts'
import { route } from '../builders/route.ts'
import type { CallbackMethods, Delivery } from '../definition/delivery.ts'
import type { CoreError } from '../definition/errors.ts'
import type { AnyOperation } from '../definition/operation.ts'

const paid = callback('post', 'https://a.example/paid').body(v.object({ n: v.number() }))
const order = route('post', '/orders').response(200, v.string()).callback('paid', paid)
const stored = { id: 'msg_1' } as Delivery

const lines: string[] = []
const unhandled: unknown[] = []
const onUnhandled = (reason: unknown) => unhandled.push(reason)

beforeEach(() => {
  lines.length = 0
  vi.spyOn(console, 'error').mockImplementation((line) => lines.push(String(line)))
  process.on('unhandledRejection', onUnhandled)
})
afterEach(async () => {
  // the event comes after the turn in which a promise is rejected
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', onUnhandled)
  vi.restoreAllMocks()
  expect(unhandled).toEqual([])
})

const disk = () => Promise.reject(new Error('the disk is full'))

/** Serves one operation with a sender whose methods fail, but for the given ones. */
async function ask(operation: AnyOperation, given: Partial<CallbackMethods> = {}) {
  const methods: CallbackMethods = {
    remember: () => {},
    send: disk,
    stage: disk,
    prepare: disk,
    call: disk,
    keepExchange: disk,
    checkExchangePlace: disk,
    ...given,
  }
  const errors: CoreError[] = []
  const app = new Hono()
    .onError((error, c) => {
      errors.push(error as CoreError)
      return c.text('Internal Server Error', 500)
    })
    .route(
      '/',
      createApi({ info: { title: 'T', version: '1' }, sender: { '~callbacks': methods } }, [
        operation,
      ]),
    )
  const { status } = await app.request('/orders', { method: 'POST' })
  return { status, errors }
}

it('a send that failed and was not awaited is a 500 with the reason', async () => {
  const loose = order.handle((c, { callbacks }) => {
    callbacks.paid.send({ n: 1 })
    return c.json('ok', 200)
  })
  const { status, errors } = await ask(loose)
  expect(status).toBe(500)
  expect(errors).toMatchObject([{ code: 'send', cause: { message: 'the disk is full' } }])
  expect(errors[0]?.message).toBe(
    'POST /orders: callbacks.paid.send(…) failed and was not awaited: the disk is full; await it, and catch its error if the response does not depend on it',
  )
  expect(lines).toEqual([])
})

it('the first of several is the 500, and the others are logged', async () => {
  const loose = order.handle(async (c, { callbacks, exchange }) => {
    callbacks.paid.send({ n: 1 })
    exchange.keep('a')
    return c.json('ok', 200)
  })
  expect(await ask(loose)).toMatchObject({ status: 500, errors: [{ code: 'send' }] })
  expect(lines).toEqual([expect.stringContaining('failed and was not awaited')])
})

it.each<[string, AnyOperation]>([
  [
    'awaited',
    order.handle(async (c, { callbacks }) => {
      try {
        await callbacks.paid.send({ n: 1 })
      } catch {}
      return c.json('ok', 200)
    }),
  ],
  [
    'with a listener',
    order.handle((c, { callbacks }) => {
      callbacks.paid.send({ n: 1 }).catch(() => {})
      return c.json('ok', 200)
    }),
  ],
  [
    'awaited later',
    order.handle(async (c, { callbacks }) => {
      const sending = callbacks.paid.send({ n: 1 })
      await new Promise((resolve) => setImmediate(resolve))
      await sending.catch(() => {})
      return c.json('ok', 200)
    }),
  ],
  [
    'with others',
    order.handle(async (c, { callbacks }) => {
      await Promise.allSettled([callbacks.paid.send({ n: 1 }), callbacks.paid.call({ n: 1 })])
      return c.json('ok', 200)
    }),
  ],
])("is the handler's own business if it is %s and caught", async (_, operation) => {
  expect(await ask(operation)).toEqual({ status: 200, errors: [] })
  expect(lines).toEqual([])
})

it('a response is released when the sends are stored that it does not await', async () => {
  const order_: string[] = []
  const loose = order.handle((c, { callbacks }) => {
    callbacks.paid.send({ n: 1 })
    return c.json('ok', 200)
  })
  const answered = await ask(loose, {
    async send() {
      await new Promise((resolve) => setImmediate(resolve))
      order_.push('stored')
      return stored
    },
  })
  order_.push('released')
  expect(answered).toEqual({ status: 200, errors: [] })
  expect(order_).toEqual(['stored', 'released'])
})

it('a call that is not awaited does not hold the response, and its failure is logged', async () => {
  let end = () => {}
  const ended = new Promise<never>((_, reject) => {
    end = () => reject(new Error('no connection'))
  })
  const loose = order.handle((c, { callbacks }) => {
    callbacks.paid.call({ n: 1 })
    return c.json('ok', 200)
  })
  expect(await ask(loose, { call: () => ended })).toEqual({ status: 200, errors: [] })
  end()
  await vi.waitFor(() => expect(lines).toHaveLength(1))
  expect(lines[0]).toContain('callbacks.paid.call(…) failed and was not awaited: no connection')
})

it('a failure after the response is logged, also of what a listener makes', async () => {
  let later = () => {}
  const loose = order.handle((c, { callbacks }) => {
    later = () => {
      callbacks.paid.send({ n: 1 })
      callbacks.paid.prepare({ n: 1 }).then(() => {})
      callbacks.paid.send({ n: 1 }).finally(() => {})
    }
    return c.json('ok', 200)
  })
  expect(await ask(loose)).toEqual({ status: 200, errors: [] })
  later()
  await vi.waitFor(() => expect(lines).toHaveLength(3))
})

it('the error of a handler is its own, and the sends that failed are logged', async () => {
  const throwing = (isAsync: boolean) =>
    order.handle((_, { callbacks }) => {
      callbacks.paid.send({ n: 1 })
      if (!isAsync) throw new Error('mine')
      return new Promise((_resolve, reject) => setImmediate(() => reject(new Error('mine'))))
    })
  for (const isAsync of [true, false]) {
    lines.length = 0
    expect(await ask(throwing(isAsync))).toMatchObject({
      status: 500,
      errors: [{ message: 'mine' }],
    })
    await vi.waitFor(() => expect(lines).toHaveLength(1))
  }
})

it('a send that waits for the response is a 500 as well, and nothing is stored', async () => {
  const release = vi.fn()
  const reading = route('post', '/orders')
    .response(200, v.object({ id: v.string() }))
    .callback('paid', callback('post', 'https://a.example/{$response.body#/id}').body(v.object({})))
    .handle((c, { callbacks }) => {
      callbacks.paid.send({})
      return c.json({ id: '1' }, 200)
    })
  expect(await ask(reading)).toMatchObject({ status: 500, errors: [{ code: 'send' }] })
  const staged = { delivery: stored, release }
  expect(await ask(reading, { stage: async () => staged })).toEqual({ status: 200, errors: [] })
  expect(release).toHaveBeenCalledOnce()
})

it('a callback that is not sent reads nothing of the request, unless a handler could change it', async () => {
  const reads: string[] = []
  const quiet = (key: string) =>
    route('post', '/orders')
      .query(v.object({ url: v.optional(v.string()) }))
      .body(v.optional(v.any()))
      .response(200, v.string())
      .callback('paid', callback('post', key as '{$request.query.url}'))
      .handle((c) => c.json('ok', 200))
  for (const key of ['{$request.query.url}', '{$request.body#/url}']) {
    const operation = quiet(key)
    const { paid: bound } = operation['~definition'].callbacks
    const { capture } = bound ?? {}
    if (!bound || !capture) throw new Error('the callback is not declared')
    const spied = {
      ...bound,
      capture: (...args: Parameters<typeof capture>) => {
        reads.push(key)
        return capture(...args)
      },
    }
    const definition = { ...operation['~definition'], callbacks: { paid: spied } }
    expect((await ask({ ...operation, '~definition': definition })).status).toBe(200)
  }
  expect(reads).toEqual(['{$request.body#/url}'])
})
