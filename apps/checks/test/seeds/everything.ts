// One of everything that an operation can declare: what the document of it says is judged by others.
import {
  type ApiRuntimeOptions,
  anonymousAccess,
  anySecurityScheme,
  callback,
  createApi,
  group,
  link,
  problemFormat,
  route,
  securityScheme,
  streamEvents,
  webhook,
  whenDeclared,
} from '@ringback/core'
import { bearerAuth } from 'hono/bearer-auth'
import { createMiddleware } from 'hono/factory'
import * as v from 'valibot'

const bearer = securityScheme(
  'bearer',
  { type: 'http', scheme: 'bearer', bearerFormat: 'opaque' },
  bearerAuth({ token: 'right' }),
)
const key = securityScheme(
  'key',
  { type: 'apiKey', in: 'header', name: 'X-Key', description: 'From the dashboard' },
  createMiddleware<{ Variables: { app: string } }>(async (c, next) => {
    const app = c.req.header('x-key')
    if (app === undefined) return c.text('no key', 401)
    c.set('app', app)
    await next()
  }),
)
const oauth = securityScheme(
  'oauth',
  {
    type: 'oauth2',
    flows: {
      clientCredentials: {
        tokenUrl: 'https://id.example.com/t',
        scopes: { 'orders.write': 'Write' },
      },
    },
  },
  (scopes) => bearerAuth({ verifyToken: (token) => token === scopes.join(' ') }),
)

const Order = v.pipe(v.object({ id: v.string(), total: v.number() }), v.title('Order'))
const NotFound = v.object({ detail: v.string() })
const changed = callback('post', '{$request.query.callback_url}/changed')
  .summary('The order changed')
  .description('Sent once for each change.')
  .tags('orders')
  .deprecated()
  .externalDocs({ url: 'https://docs.example.com/changed' })
  .security(key)
  .body(Order)
  .response('2XX')
  .response('default', NotFound)

const orders = group({
  prefix: '/tenants/:tenant/orders',
  tags: ['orders'],
  security: [anySecurityScheme(bearer, key)],
  responses: { 404: NotFound },
  callbacks: { changed: whenDeclared(changed) },
})

const readOrder = orders
  .route('get', '/:id')
  .summary('Read an order')
  .params(v.object({ tenant: v.string(), id: v.pipe(v.number(), v.integer()) }))
  .query(v.object({ fields: v.optional(v.array(v.string())), since: v.optional(v.date()) }))
  .cookies(v.object({ theme: v.optional(v.picklist(['dark', 'light'])) }))
  .response(200, Order, {
    headers: v.object({ etag: v.string(), 'x-left': v.optional(v.number()) }),
  })
  .handle((c) => {
    const { id } = c.req.valid('param')
    return id === 0
      ? c.json({ detail: 'none' }, 404)
      : c.json({ id: `${id}`, total: 1 }, 200, { etag: '"1"' })
  })

const changeOrder = orders
  .route('put', '/:id')
  .summary('Change an order')
  .security(oauth.scopes('orders.write'))
  .query(v.object({ callback_url: v.optional(v.pipe(v.string(), v.url())) }))
  .body(v.optional(Order), { limit: 10_000 })
  .bodyAs('multipart/form-data', v.object({ file: v.pipe(v.file(), v.mimeType(['text/csv'])) }), {
    limit: 1_000_000,
  })
  .bodyAs('text/csv', v.string())
  .response(200, Order)
  .responseAs(200, 'text/csv', v.string(), { description: 'The order' })
  .link(
    'order',
    link(readOrder, {
      status: 200,
      parameters: { id: '$response.body#/id', tenant: '$request.path.tenant' },
    }),
  )
  .handle(async (c, { callbacks, body }) => {
    const order =
      body?.type === 'application/json' && body.value ? body.value : { id: '1', total: 0 }
    await callbacks.changed.send(order)
    return body?.type === 'text/csv' ? c.body(body.value, 200) : c.json(order, 200)
  })

const watchOrders = orders
  .route('get', '/')
  .summary('Watch orders')
  .deprecated()
  .externalDocs({ url: 'https://docs.example.com/watch', description: 'How to watch' })
  .responseAs(200, 'text/event-stream', Order)
  .handle((c) =>
    streamEvents(c, 200, async (stream) => {
      await stream.send({ event: 'order', data: { id: '1', total: 1 } })
    }),
  )

const health = route('get', '/health')
  .summary('Whether it runs')
  .security(anySecurityScheme(anonymousAccess, bearer))
  .problems(problemFormat(v.object({ error: v.string() }), ({ detail }) => ({ error: detail })))
  .headers(v.object({ 'x-depth': v.optional(v.number()) }))
  .response('default', v.object({ ok: v.boolean() }))
  .handle((c) => c.json({ ok: true }, 200))

const orderShipped = webhook('post', 'orderShipped')
  .summary('An order was shipped')
  .body(Order)
  .response(204)

export const everythingApi = (runtime: ApiRuntimeOptions & { readonly openapi?: '3.1' | '3.2' }) =>
  createApi(
    {
      info: { title: 'Everything', version: '1.0.0' },
      tags: [{ name: 'orders', description: 'What is bought' }],
      webhooks: [orderShipped],
      document: '/openapi.json',
      ...runtime,
    },
    [readOrder, changeOrder, watchOrders, health],
  )
