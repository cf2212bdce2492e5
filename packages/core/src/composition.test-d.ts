// checked by tsc, never run
import { Hono } from 'hono'
import { hc } from 'hono/client'
import { createMiddleware } from 'hono/factory'
import * as v from 'valibot'
import { describe, expectTypeOf, it } from 'vitest'
import { createApi } from './api.ts'
import { callback } from './builders/callback.ts'
import { group } from './builders/group.ts'
import { link } from './builders/link.ts'
import { route } from './builders/route.ts'
import { anonymousAccess, anySecurityScheme, securityScheme } from './builders/security.ts'
import { whenDeclared } from './builders/when-declared.ts'
import { streamEvents } from './hono/stream-events.ts'

const setUser = createMiddleware<{ Variables: { user: string } }>(async (_, next) => next())
const setPlan = createMiddleware<{ Variables: { plan: 'free' | 'paid' } }>(async (_, next) =>
  next(),
)
const untyped = createMiddleware(async (_, next) => next())
const Order = v.object({ id: v.string(), callbackUrl: v.string() })
const Problem = v.object({ detail: v.string() })

describe('requests', () => {
  it('have the types of cookies and forms', () => {
    route('post', '/x')
      .cookies(v.object({ sid: v.string() }))
      .bodyAs('multipart/form-data', v.object({ file: v.file(), page: v.number() }))
      .response(204)
      .handle((c, { body }) => {
        expectTypeOf(c.req.valid('cookie')).toEqualTypeOf<{ sid: string }>()
        expectTypeOf(c.req.valid('form')).toEqualTypeOf<{ file: File; page: number }>()
        expectTypeOf(body.type).toEqualTypeOf<'multipart/form-data'>()
        // @ts-expect-error - no JSON is declared
        c.req.valid('json')
        return c.body(null, 204)
      })
  })

  it('have the media type and value of one of several bodies', () => {
    route('post', '/x')
      .body(Order)
      .bodyAs('text/plain', v.string())
      .bodyAs('application/x-www-form-urlencoded', v.object({ n: v.number() }))
      .response(204)
      .handle((c, { body }) => {
        expectTypeOf(c.req.valid('json')).toEqualTypeOf<
          { id: string; callbackUrl: string } | undefined
        >()
        expectTypeOf(c.req.valid('form')).toEqualTypeOf<{ n: number } | undefined>()
        if (body.type === 'text/plain') expectTypeOf(body.value).toEqualTypeOf<string>()
        if (body.type === 'application/json') expectTypeOf(body.value.id).toEqualTypeOf<string>()
        return c.body(null, 204)
      })
  })
})

describe('responses', () => {
  it('of a range have each of its statuses, and no other', () => {
    const ranged = route('get', '/x').response(200, v.string()).response('4XX', Problem)
    ranged.handle((c) => c.json({ detail: 'none' }, 404))
    ranged.handle((c) => c.json('a', 200))
    // @ts-expect-error - 4XX needs a detail
    ranged.handle((c) => c.json({ details: 'none' }, 404))
    // @ts-expect-error - 500 is not in 4XX
    ranged.handle((c) => c.json({ detail: 'none' }, 500))
    route('get', '/x')
      .response('default', Problem)
      .handle((c) => c.json({ detail: 'none' }, 500))
  })

  it('have the media types that are declared', () => {
    const csv = route('get', '/x').responseAs(200, 'text/csv', v.string()).response(404)
    csv.handle((c) => c.body('a,b', 200))
    csv.handle((c) => c.body(new ReadableStream(), 200))
    csv.handle((c) => c.body(null, 404))
    // @ts-expect-error - 200 has a body
    csv.handle((c) => c.body(null, 200))
    // @ts-expect-error - 200 is not JSON
    csv.handle((c) => c.json('a,b', 200))
    // @ts-expect-error - text/plain is not declared
    csv.handle((c) => c.text('a,b'))
    const text = route('get', '/x').responseAs(200, 'text/plain').responseAs(201, 'text/html')
    text.handle((c) => c.text('a'))
    text.handle((c) => c.html('a', 201))
    // @ts-expect-error - 201 is HTML
    text.handle((c) => c.text('a', 201))
  })

  it('redirect if that is declared', () => {
    route('get', '/x')
      .response(302)
      .handle((c) => c.redirect('/y'))
    route('get', '/x')
      .response(303)
      .handle((c) => c.redirect('/y', 303))
    route('get', '/x')
      .response(303)
      // @ts-expect-error - 302 is not declared
      .handle((c) => c.redirect('/y'))
  })

  it('have headers that are declared', () => {
    const created = route('get', '/x').response(201, undefined, {
      headers: v.object({ location: v.string() }),
    })
    created.handle((c) => c.body(null, 201, { location: '/1', 'x-more': 'a' }))
    // @ts-expect-error - the location is missing
    created.handle((c) => c.body(null, 201, { 'x-more': 'a' }))
  })

  it('stream events as declared', () => {
    const ticks = route('get', '/x').responseAs(
      200,
      'text/event-stream',
      v.object({ at: v.number() }),
    )
    ticks.handle((c) => streamEvents(c, 200, async (stream) => stream.send({ data: { at: 1 } })))
    ticks.handle((c) =>
      streamEvents(c, 200, async (stream) => {
        // @ts-expect-error - at is a number
        await stream.send({ data: { at: '1' } })
      }),
    )
    // @ts-expect-error - the events are declared for 200
    ticks.handle((c) => streamEvents(c, 201, async () => {}))
    const silent = route('get', '/x').response(200)
    // @ts-expect-error - it declares no events
    silent.handle((c) => streamEvents(c, 200, async () => {}))
  })
})

describe('middleware and security', () => {
  it('set variables', () => {
    const key = securityScheme('key', { type: 'apiKey', in: 'header', name: 'x' }, setPlan)
    route('get', '/x')
      .use(setUser, untyped)
      .security(key)
      .response(204)
      .handle((c) => {
        expectTypeOf(c.var.user).toEqualTypeOf<string>()
        expectTypeOf(c.var.plan).toEqualTypeOf<'free' | 'paid'>()
        // @ts-expect-error - no middleware sets a role
        c.var.role
        return c.body(null, 204)
      })
    route('get', '/x')
      .security(anySecurityScheme(key, anonymousAccess))
      .response(204)
      .handle((c) => {
        expectTypeOf(c.var.plan).toEqualTypeOf<'free' | 'paid' | undefined>()
        return c.body(null, 204)
      })
  })

  it('take scopes if the scheme has them', () => {
    const flows = {}
    securityScheme('o', { type: 'oauth2', flows }, (scopes) => {
      expectTypeOf(scopes).toEqualTypeOf<readonly string[]>()
      return setUser
    })
  })
})

describe('a group', () => {
  const shipped = callback('post', '{$request.body#/callbackUrl}/{$request.path.tenant}')
    .body(v.object({ at: v.number() }))
    .response(204)
  const orders = group({
    prefix: '/tenants/:tenant/orders',
    use: [setUser, untyped],
    responses: { 404: Problem },
    callbacks: { shipped: whenDeclared(shipped) },
  })

  it('types what its operations inherit', () => {
    orders
      .group({ prefix: '/:id', use: [setPlan] })
      .route('put', '/ship')
      .body(Order)
      .response(204)
      .handle(async (c, { callbacks }) => {
        expectTypeOf(c.var.user).toEqualTypeOf<string>()
        expectTypeOf(c.var.plan).toEqualTypeOf<'free' | 'paid'>()
        expectTypeOf(c.req.param('tenant')).toEqualTypeOf<string>()
        expectTypeOf(c.req.param('id')).toEqualTypeOf<string>()
        await callbacks.shipped.send({ at: 1 })
        // @ts-expect-error - at is a number
        await callbacks.shipped.send({ at: '1' })
        if (c.req.param('id') === '0') return c.json({ detail: 'none' }, 404)
        return c.body(null, 204)
      })
  })

  it('adds a callback with whenDeclared only to operations that declare its values', () => {
    orders
      .route('get', '/')
      .response(204)
      .handle((c, { callbacks }) => {
        // @ts-expect-error - the operation has no body, so that it has no such callback
        callbacks.shipped.send({ at: 1 })
        return c.body(null, 204)
      })
  })

  it('has a typed client', async () => {
    const app = createApi({ info: { title: 'T', version: '1' } }, [
      orders
        .route('get', '/')
        .response(200, v.string())
        .handle((c) => c.json('a')),
    ])
    const client = hc<typeof app>('http://127.0.0.1')
    const response = await client.tenants[':tenant'].orders.$get({ param: { tenant: '1' } })
    if (response.status === 404)
      expectTypeOf(await response.json()).toEqualTypeOf<{ detail: string }>()
    else expectTypeOf(await response.json()).toEqualTypeOf<string>()
  })
})

describe('a link', () => {
  const getOrder = route('get', '/orders/:id')
    .query(v.object({ expand: v.optional(v.boolean()) }))
    .response(204)
  const createOrder = route('post', '/orders')
    .response(201, v.object({ id: v.string() }))
    .response(202, v.object({ job: v.string() }))

  it('is checked like a callback', () => {
    createOrder.link(
      'getOrder',
      link(getOrder, { status: 201, parameters: { id: '$response.body#/id', expand: true } }),
    )
    const problem = {
      name: link(getOrder, { status: 201, parameters: { idd: '1' } }),
      pointer: link(getOrder, { status: 201, parameters: { id: '$response.body#/idd' } }),
      status: link(getOrder, { status: 200 }),
      response: link(getOrder, { status: 202, parameters: { id: '$response.body#/id' } }),
    }
    // @ts-expect-error - the linked operation has no parameter 'idd'
    createOrder.link('getOrder', problem.name)
    // @ts-expect-error - no declared response has '/idd'; did you mean '/id'?
    createOrder.link('getOrder', problem.pointer)
    // @ts-expect-error - the response 200 is not declared; declare it before the link
    createOrder.link('getOrder', problem.status)
    // @ts-expect-error - no declared response has '/id'
    createOrder.link('getOrder', problem.response)
  })
})

describe('an operation mounted by hand', () => {
  it('types the app that it is mounted in', async () => {
    const operation = route('post', '/orders/:id')
      .use(setUser)
      .body(Order)
      .response(201, v.object({ at: v.date() }))
      .response(404, Problem)
      .handle((c) => c.json({ at: new Date() }, 201))
    const app = new Hono().post('/orders/:id', ...operation.handlers)
    const client = hc<typeof app>('http://127.0.0.1')
    const response = await client.orders[':id'].$post({
      param: { id: '1' },
      json: { id: '1', callbackUrl: 'https://a.example' },
    })
    if (response.status === 201) expectTypeOf(await response.json()).toEqualTypeOf<{ at: string }>()
    else expectTypeOf(await response.json()).toEqualTypeOf<{ detail: string }>()
    // @ts-expect-error - the body is missing
    client.orders[':id'].$post({ param: { id: '1' } })
  })
})
