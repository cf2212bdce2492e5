// One of every value that `@ringback/core` makes and a project may export, apart from groups and apps.
import {
  type AnySchema,
  anonymousAccess,
  anySecurityScheme,
  callback,
  group,
  link,
  namedSchema,
  problemFormat,
  problemResponse,
  route,
  securityScheme,
  streamEvents,
  webhook,
} from '@ringback/core'
import type { Env, MiddlewareHandler } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { createMiddleware } from 'hono/factory'
import * as v from 'valibot'

export const Order = namedSchema(
  'Order',
  v.object({ id: v.string(), total: v.number(), placed: v.date(), note: v.optional(v.string()) }),
)
export const problems = problemFormat(v.object({ code: v.number() }), ({ status }) => ({
  code: status,
}))
export const refuse = (detail: string) => problemResponse(400, { detail })

const setUser = createMiddleware<{ Variables: { user: { name: string } } }>((_, next) => next())
export const bearer = securityScheme('bearer', { type: 'http', scheme: 'bearer' }, setUser)
export const apiKey = securityScheme(
  'apiKey',
  { type: 'apiKey', in: 'header', name: 'x-key' },
  createMiddleware<{ Variables: { client: number } }>((_, next) => next()),
)
export const untyped = securityScheme(
  'untyped',
  { type: 'http', scheme: 'bearer' },
  bearerAuth({ token: 'secret' }),
)
export const oauth = securityScheme(
  'oauth',
  {
    type: 'oauth2',
    flows: { clientCredentials: { tokenUrl: 'https://a.example/token', scopes: { read: 'Read' } } },
  },
  () => createMiddleware<{ Variables: { scopes: string[] } }>((_, next) => next()),
)
export const readOrders = oauth.scopes('read')
export const anyScheme = anySecurityScheme(bearer, apiKey, anonymousAccess)
export const middleware = createMiddleware<{
  Bindings: { QUEUE: string }
  Variables: { startedAt: number }
}>((_, next) => next())

export const paid = callback('post', '{$request.body#/callbackUrl}/{$request.path.tenant}')
  .summary('An order was paid')
  .security(bearer)
  .body(v.object({ order: v.string(), paid: v.boolean() }))
  .response(200, v.object({ ok: v.boolean() }), { description: 'Taken' })
  .response('4XX')
  .response(410, undefined, { final: true })
export const shipped = callback('put', '{$request.query.notify}').response('2XX')
export const unfinishedCallback = callback('post', '{$request.body#/callbackUrl}')

export const orderShipped = webhook('post', 'orderShipped')
  .body(Order)
  .response(204)
  .extend({ 'x-internal': true })

export const getOrder = route('get', '/orders/:id')
  .summary('Read an order')
  .response(200, Order)
  .response(404, v.object({ detail: v.string() }))
  .handle((c) => {
    if (c.req.param('id') === '0') return c.json({ detail: 'there is none' }, 404)
    return c.json({ id: c.req.param('id'), total: 1, placed: new Date(0) }, 200)
  })

export const toOrder = link(getOrder, {
  status: 201,
  parameters: { id: '$response.body#/id' },
  description: 'The order that was created',
})

/** A builder, to be finished by others. */
export const unfinished = route('post', '/tenants/:tenant/orders')
  .use(middleware)
  .params(v.object({ tenant: v.pipe(v.string(), v.minLength(2)) }))
  .query(v.object({ dry: v.optional(v.boolean(), false), notify: v.optional(v.string()) }))
  .headers(v.object({ 'x-request-id': v.optional(v.string()) }))
  .cookies(v.object({ session: v.optional(v.string()) }))
  .body(v.object({ callbackUrl: v.string(), items: v.array(v.string()) }), {
    description: 'The order',
    examples: { one: { value: { callbackUrl: 'https://a.example', items: [] } } },
  })
  .response(201, Order, { headers: v.object({ location: v.string() }) })

export const createOrder = unfinished
  .response('4XX', v.object({ detail: v.string() }))
  .response('default')
  .responseAs(201, 'text/csv', v.string())
  .security(anyScheme)
  .security(readOrders)
  .problems(problems)
  .callback('paid', paid)
  .callback('shipped', shipped)
  .link('order', toOrder)
  .handle(async (c, { callbacks, exchange }) => {
    const { callbackUrl } = c.req.valid('json')
    await exchange.keep('order-1')
    await callbacks.paid.send({ order: callbackUrl, paid: true })
    if (c.var.user === undefined) return c.json({ detail: c.var.scopes.join() }, 403)
    const { user, startedAt } = c.var
    const headers = { location: '/orders/1' }
    return c.json({ id: user.name, total: startedAt, placed: new Date(0) }, 201, headers)
  })

export const upload = route('post', '/files')
  .body(v.object({ name: v.string() }))
  .bodyAs('multipart/form-data', v.object({ name: v.string(), file: v.file() }), { limit: 1000 })
  .bodyAs('text/plain', v.string())
  .response(204)
  .handle((c) => c.body(null, 204))

export const ticks = route('get', '/ticks')
  .responseAs(200, 'text/event-stream', v.object({ at: v.number() }))
  .handle((c) =>
    streamEvents(c, 200, async (stream) => {
      await stream.send({ event: 'tick', data: { at: 1 } })
    }),
  )

/** Factories, whose types the compiler can compute only in part. */
export const makeScheme = <TEnv extends Env>(enforce: MiddlewareHandler<TEnv>) =>
  securityScheme('made', { type: 'http', scheme: 'bearer' }, enforce)
export const withMiddleware = <TMiddleware extends MiddlewareHandler>(own: TMiddleware) =>
  route('get', '/own').use(own)
export const makeReader = <TSchema extends AnySchema>(schema: TSchema) =>
  route('get', '/read').query(schema).response(200, schema, { headers: schema })
export const makeCallback = <TSchema extends AnySchema>(schema: TSchema) =>
  callback('post', '{$request.body#/callbackUrl}').body(schema).response(200, schema)
export const respond = <TResponses>(c: { readonly '~responses'?: TResponses }) =>
  streamEvents(c, 200, async () => {})
export const makeItem = <TPath extends string>(path: TPath) => group({ prefix: path })

export const makePing = <TName extends string>(name: TName) =>
  route('get', `/ping/${name}`)
    .response(200, v.object({ pong: v.boolean() }))
    .handle((c) => c.json({ pong: true }, 200))
