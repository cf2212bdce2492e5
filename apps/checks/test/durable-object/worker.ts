// An API on Workers whose callbacks live in Durable Objects, and routes for tests that look into them.

import { env } from 'cloudflare:workers'
import { callback, createApi, route, webhook } from '@ringback/core'
import { createSender } from '@ringback/sender'
import {
  type CallbackNamespace,
  CallbackObject,
  durableObjectStore,
} from '@ringback/store-durable-object'
import { type ErrorHandler, Hono } from 'hono'
import * as v from 'valibot'

type Execute = ReturnType<CallbackNamespace['get']>['execute']

interface Env {
  readonly CALLBACKS: {
    idFromName(name: string): object
    get(id: object): { execute: Execute; abort(): Promise<void> }
  }
  readonly CALLBACK_SECRET: string
  readonly SHARDS: number
  readonly SCHEDULE: readonly number[]
  readonly PAYLOAD_LIMIT: number
}

// the types of `env` are those of the application in apps/edge
const bindings = env as unknown as Env
const policy = { allowHttp: true, allow: ['127.0.0.1'] }
// of the test
const masterKey = btoa('k'.repeat(32))

const shipped = webhook('post', 'order.shipped')
  .body(v.object({ id: v.string() }))
  .response(204)

const paid = callback('post', '{$request.query.callback_url}/{$request.body#/id}')
  .body(v.object({ text: v.string() }))
  .response(200, v.object({ ok: v.boolean() }))

const created = callback(
  'post',
  '{$request.query.callback_url}/created/{$response.body#/number}',
).response(200, v.object({ ok: v.boolean() }))

const Query = v.object({
  callback_url: v.string(),
  key: v.optional(v.string()),
  order: v.optional(v.string()),
  delay: v.optional(v.pipe(v.string(), v.toNumber())),
})

const createOrder = route('post', '/orders')
  .query(Query)
  .body(
    v.object({
      id: v.string(),
      text: v.optional(v.string(), 'paid'),
      times: v.optional(v.number(), 1),
    }),
  )
  .response(200, v.object({ id: v.string() }))
  .callback('paid', paid)
  .handle(async (c, { callbacks }) => {
    const { key, order, delay } = c.req.valid('query')
    const { text, times } = c.req.valid('json')
    const { id } = await callbacks.paid.send(
      { text: text.repeat(times) },
      {
        ...(key !== undefined && { dedupeKey: key }),
        ...(order !== undefined && { orderKey: order }),
        ...(delay !== undefined && { delay }),
      },
    )
    return c.json({ id }, 200)
  })

const keepOrder = route('post', '/kept')
  .query(Query)
  .body(v.object({ id: v.string() }))
  .response(204)
  .callback('paid', paid)
  .handle(async (c, { exchange }) => {
    await exchange.keep(c.req.valid('json').id)
    return c.body(null, 204)
  })

const answerOrder = route('post', '/answered')
  .query(Query)
  .response(201, v.object({ number: v.number() }))
  .callback('created', created)
  .handle(async (c, { callbacks }) => {
    await callbacks.created.send()
    return c.json({ number: 7 }, 201)
  })

const callOrder = route('post', '/called')
  .query(Query)
  .body(v.object({ id: v.string() }))
  .response(200, v.object({ ok: v.boolean() }))
  .callback('paid', paid)
  .handle(async (c, { callbacks }) => {
    const { ok } = await callbacks.paid.call({ text: 'now' })
    return c.json({ ok }, 200)
  })

export class Callbacks extends CallbackObject<Env> {
  options({ CALLBACK_SECRET, SCHEDULE }: Env) {
    return {
      secrets: [CALLBACK_SECRET],
      masterKey,
      policy,
      schedule: SCHEDULE,
      operations: [createOrder],
      random: () => 0,
    }
  }

  /** Ends this incarnation, as an eviction does. */
  abort(): void {
    this.ctx.abort('aborted by the test')
  }
}

// made while the module is loaded, as on any other runtime
const sender = createSender({
  store: durableObjectStore(bindings.CALLBACKS, { shards: bindings.SHARDS }),
  secrets: [bindings.CALLBACK_SECRET],
  masterKey,
  egress: 'platform',
  policy,
  payloadLimit: bindings.PAYLOAD_LIMIT,
})

const api = createApi(
  {
    info: { title: 'Orders', version: '1.0.0' },
    sender,
    owner: (c) => c.req.header('x-owner') ?? 'default',
  },
  [createOrder, keepOrder, answerOrder, callOrder],
)
const app = new Hono()
  .route('/', api)
  .get('/deliveries', async (c) => {
    const { limit, ...filter } = c.req.query()
    const given = { ...filter, ...(limit !== undefined && { limit: Number(limit) }) }
    return c.json(await sender.deliveries(given))
  })
  .post('/cancel/:id', async (c) => c.json(await sender.cancel(c.req.param('id'))))
  .post('/redrive/:id', async (c) => c.json(await sender.redrive(c.req.param('id'))))
  .post('/forget/:owner', async (c) => c.json(await sender.forget({ owner: c.req.param('owner') })))
  .post('/endpoints/:owner', async (c) => {
    const { url } = c.req.query()
    const endpoint = await sender.endpoints.create({
      owner: c.req.param('owner'),
      url: url ?? '',
      headers: { authorization: 'Bearer header-hunter2' },
    })
    const secret = await sender.endpoints.secret(endpoint.id)
    return c.json({ endpoint, secret, found: await sender.endpoints.get(endpoint.id) })
  })
  .post('/publish/:owner', async (c) => {
    const { owner } = c.req.param()
    return c.json(await sender.publish(shipped, { id: '7' }, { owner }))
  })
  .post('/replay/:endpoint', async (c) => {
    const { endpoint } = c.req.param()
    return c.json(await sender.replay({ endpoint, since: 0 }))
  })
  .post('/abort', async (c) => {
    const { CALLBACKS } = bindings
    await CALLBACKS.get(CALLBACKS.idFromName('ringback-0'))
      .abort()
      .catch(() => {})
    return c.body(null, 204)
  })
  .get('/stats', async (c) => c.json(await sender.stats({ since: 0 })))
  .post('/due', async (c) => c.json(await sender.sendDue()))
  .post('/resume/:owner/:key', async (c) => {
    const { owner, key } = c.req.param()
    return c.json(await sender.resume(keepOrder, key, { owner }).paid.send({ text: 'later' }))
  })

const onError: ErrorHandler = (error, c) =>
  c.json({ name: error.name, code: Reflect.get(error, 'code'), message: error.message }, 500)
api.onError(onError)
app.onError(onError)

export default app
