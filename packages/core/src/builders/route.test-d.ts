// checked by tsc, never run
import { hc } from 'hono/client'
import { getCookie } from 'hono/cookie'
import * as v from 'valibot'
import { describe, expectTypeOf, it } from 'vitest'
import { createApi } from '../api.ts'
import type { BodyProblem, StatusProblem } from '../checks/response-problem.ts'
import type { CallResult, Delivery, SendOptions } from '../definition/delivery.ts'
import type { NoCallbacks } from '../hono/context.ts'
import type { DeclaredResponse } from '../hono/response-types.ts'
import { callback } from './callback.ts'
import { group } from './group.ts'
import { route } from './route.ts'
import { webhook } from './webhook.ts'
import { whenDeclared } from './when-declared.ts'

const Amount = v.union([v.number(), v.pipe(v.string(), v.decimal(), v.toNumber())])
const Order = v.object({ id: v.string(), total: Amount })

const paid = callback('post', '{$request.query.callback_url}/orders/{$request.body#/id}')
  .body(v.object({ amount: v.number() }))
  .response(200, v.object({ ok: v.boolean() }))
  .response(204)

const createOrder = route('post', '/orders')
  .query(v.object({ callback_url: v.optional(v.string()) }))
  .body(Order)
  .response(202, v.object({ msg: v.string(), kind: v.picklist(['a', 'b']) }))
  .response(404)
  .callback('paid', paid)

describe('the handler', () => {
  it('has the types of validated parts', () => {
    createOrder.handle((c) => {
      expectTypeOf(c.req.valid('json')).toEqualTypeOf<{ id: string; total: number }>()
      expectTypeOf(c.req.valid('query')).toEqualTypeOf<{ callback_url?: string | undefined }>()
      // @ts-expect-error - no headers are declared
      c.req.valid('header')
      return c.json({ msg: 'received', kind: 'a' }, 202)
    })
  })

  it('has the types of path parameters, from the path or their schema', () => {
    route('get', '/orders/:id')
      .response(200, v.object({ id: v.string() }))
      .handle((c) => {
        expectTypeOf(c.req.param('id')).toEqualTypeOf<string>()
        return c.json({ id: c.req.param('id') }, 200)
      })
    route('get', '/orders/:id')
      .params(v.object({ id: v.pipe(v.string(), v.toNumber()) }))
      .response(204)
      .handle((c) => {
        expectTypeOf(c.req.valid('param')).toEqualTypeOf<{ id: number }>()
        return c.body(null, 204)
      })
  })

  it('sends the payloads that callbacks declare', () => {
    createOrder.handle(async (c, { callbacks }) => {
      expectTypeOf(callbacks.paid.send).parameters.toEqualTypeOf<
        [payload: { amount: number }, options?: SendOptions]
      >()
      expectTypeOf(callbacks.paid.send).returns.toEqualTypeOf<Promise<Delivery>>()
      expectTypeOf(callbacks.paid.call).returns.toEqualTypeOf<
        Promise<
          CallResult<
            | { readonly status: 200; readonly body: { ok: boolean } }
            | { readonly status: 204; readonly body: undefined }
          >
        >
      >()
      // @ts-expect-error - amount is a number
      await callbacks.paid.send({ amount: '12' })
      // @ts-expect-error - the callback has a payload
      await callbacks.paid.send()
      // @ts-expect-error - 'refunded' was never declared
      callbacks.refunded
      return c.json({ msg: 'received', kind: 'b' }, 202)
    })
  })

  it('needs no payload for a callback without one', () => {
    route('post', '/pings')
      .response(204)
      .callback('pong', callback('post', 'https://example.com/pong'))
      .handle(async (c, { callbacks }) => {
        await callbacks.pong.send()
        await callbacks.pong.send({ delay: 1000 })
        // @ts-expect-error - the callback declares no body
        await callbacks.pong.send({ amount: 1 })
        return c.body(null, 204)
      })
  })

  it('responds only with declared responses', () => {
    createOrder.handle((c) => c.json({ msg: 'received', kind: 'a' }, 202))
    createOrder.handle((c) => c.body(null, 404))
    createOrder.handle(async (c) => {
      if (c.req.method === 'GET') return c.body(null, 404)
      return c.json({ msg: 'received', kind: 'a' }, 202, { 'x-header': 'yes' })
    })
    // @ts-expect-error - msg is a string
    createOrder.handle((c) => c.json({ msg: 1, kind: 'a' }, 202))
    // @ts-expect-error - kind is 'a' or 'b'
    createOrder.handle((c) => c.json({ msg: '', kind: 'c' }, 202))
    // @ts-expect-error - 201 is not declared
    createOrder.handle((c) => c.json({ msg: '', kind: 'a' }, 201))
    // @ts-expect-error - without a status, 200 is sent, which is not declared
    createOrder.handle((c) => c.json({ msg: '', kind: 'a' }))
    // @ts-expect-error - 404 has no body
    createOrder.handle((c) => c.json({ msg: '' }, 404))
    // @ts-expect-error - 202 has a body
    createOrder.handle((c) => c.body(null, 202))
    // @ts-expect-error - the response is missing
    createOrder.handle(async () => {})
    route('get', '/orders')
      .response(200, v.array(Order))
      .handle((c) => c.json([{ id: '1', total: 1 }]))
  })

  it('says which member of a body is wrong', () => {
    const Item = v.object({ n: v.number() })
    const Detailed = v.object({
      detail: v.string(),
      more: v.optional(v.string()),
      items: v.array(Item),
    })
    const detailed = route('get', '/x').response(200, Detailed).response('4XX', Detailed)
    detailed.handle((c) =>
      c.json(
        {
          // @ts-expect-error - it is detail
          detial: 'a',
          items: [],
        },
        200,
      ),
    )
    detailed.handle((c) =>
      c.json({
        detail: 'a',
        items: [
          { n: 1 },
          // @ts-expect-error - n is a number
          { n: '1' },
        ],
      }),
    )
    detailed.handle((c) =>
      c.json(
        {
          // @ts-expect-error - detail is text
          detail: 1,
          items: [],
        },
        404,
      ),
    )
    detailed.handle((c) => {
      // @ts-expect-error - 302 is not declared
      const response: DeclaredResponse<200> = c.json({ detail: 'a', items: [] }, 302)
      return response
    })
  })

  it('takes a variable without the optional members, and one with members that are not declared', () => {
    const detailed = route('get', '/x')
      .response(200, v.object({ id: v.string(), more: v.optional(v.string()) }))
      .response(404, v.object({ detail: v.string() }))
    const order = { id: '1', total: 1 }
    detailed.handle((c) => c.json(order, 200))
    detailed.handle((c) => c.json(order))
  })

  it('needs a body that fits each status of a union', () => {
    const two = route('get', '/x')
      .response(200, v.object({ id: v.string() }))
      .response(404, v.object({ detail: v.string() }))
      .response(204)
    two.handle((c) => c.json({ id: '1', detail: 'none' }, 404 as 200 | 404))
    // @ts-expect-error - 404 needs a detail
    two.handle((c) => c.json({ id: '1' }, 404 as 200 | 404))
    // @ts-expect-error - 204 has no body
    two.handle((c) => c.json({ id: '1' }, 204 as 200 | 204))
    // @ts-expect-error - 200 has a body
    two.handle((c) => c.body(null, 204 as 200 | 204))
  })

  it("accepts Hono's helpers", () => {
    createOrder.handle((c) => {
      expectTypeOf(getCookie(c, 'sid')).toEqualTypeOf<string | undefined>()
      return c.json({ msg: 'received', kind: 'a' }, 202)
    })
  })
})

describe('a client of the app', () => {
  const app = createApi({ info: { title: 'Orders', version: '1' } }, [
    createOrder.handle((c) => c.json({ msg: 'received', kind: 'a' }, 202)),
    route('get', '/orders/:id')
      .response(200, v.object({ id: v.string(), at: v.date() }))
      .response(404, v.object({ detail: v.string() }))
      .handle((c) => c.json({ detail: 'none' }, 404)),
    route('get', '/orders')
      .response(200, v.array(Order))
      .handle((c) => c.json([])),
  ])
  const client = hc<typeof app>('http://127.0.0.1')

  it('passes declared parameters', () => {
    expectTypeOf(client.orders.$post).parameter(0).toEqualTypeOf<{
      json: { id: string; total: string | number }
      query: { callback_url?: string | undefined }
    }>()
    client.orders[':id'].$get({ param: { id: '1' } })
    // @ts-expect-error - the path has a parameter
    client.orders[':id'].$get()
    // @ts-expect-error - id is a string
    client.orders[':id'].$get({ param: { id: 1 } })
    // @ts-expect-error - there is no such operation
    client.orders.$put
  })

  it('reads declared responses', async () => {
    const created = await client.orders.$post({ json: { id: '1', total: '2' }, query: {} })
    if (created.status === 202) {
      expectTypeOf(await created.json()).toEqualTypeOf<{ msg: string; kind: 'a' | 'b' }>()
    }
    const found = await client.orders[':id'].$get({ param: { id: '1' } })
    if (found.ok) expectTypeOf(await found.json()).toEqualTypeOf<{ id: string; at: string }>()
    else expectTypeOf(await found.json()).toEqualTypeOf<{ detail: string }>()
    const all = await client.orders.$get()
    expectTypeOf(await all.json()).toEqualTypeOf<{ id: string; total: number }[]>()
  })
})

it('takes response headers as text, whatever type their schema converts it to', () => {
  const counted = route('get', '/orders').response(204, undefined, {
    headers: v.object({ 'x-left': v.number(), 'x-tags': v.optional(v.array(v.string())) }),
  })
  counted.handle((c) => c.body(null, 204, { 'x-left': '3', 'x-tags': ['a', 'b'], 'x-more': '' }))
  // @ts-expect-error - a header is text
  counted.handle((c) => c.body(null, 204, { 'x-left': 3 }))
  // @ts-expect-error - 'x-left' is declared, and not optional
  counted.handle((c) => c.body(null, 204, { 'x-tags': 'a' }))
})

describe('a callback with headers and a query', () => {
  const shipped = callback('post', '{$request.query.callback_url}')
    .headers(v.object({ 'x-tenant': v.string() }))
    .query(v.object({ page: v.optional(v.number()) }))
    .bodyAs('text/csv', v.string())
    .response(204)
  const poll = callback('get', '{$request.query.callback_url}')
    .query(v.object({ page: v.optional(v.number()) }))
    .response(204)

  it('takes them beside the payload, and demands those that are required', () => {
    createOrder
      .callback('shipped', shipped)
      .callback('poll', poll)
      .handle(async (c, { callbacks }) => {
        const headers = { 'x-tenant': 'ann' }
        await callbacks.shipped.send('a,b', { headers, delay: 5 })
        await callbacks.shipped.prepare('a,b', { headers, query: { page: 1 } })
        await callbacks.shipped.call('a,b', { headers })
        await callbacks.poll.send()
        await callbacks.poll.send({ query: { page: 1 }, orderKey: 'a' })
        await callbacks.poll.call({ query: {} })
        // @ts-expect-error - the headers are missing
        await callbacks.shipped.send('a,b')
        // @ts-expect-error - the headers lack x-tenant
        await callbacks.shipped.send('a,b', { headers: {} })
        // @ts-expect-error - a page is a number
        await callbacks.poll.send({ query: { page: 'one' } })
        // @ts-expect-error - the callback declares no headers
        await callbacks.poll.send({ headers })
        // @ts-expect-error - a call has no delay
        await callbacks.poll.call({ delay: 5 })
        // @ts-expect-error - the payload is text
        await callbacks.shipped.send({ a: 1 }, { headers })
        return c.json({ msg: 'received', kind: 'a' }, 202)
      })
  })
})

describe('a declaration that cannot happen', () => {
  it('is a sentence where a path has the parameters of OpenAPI', () => {
    expectTypeOf(
      route('get', '/orders/{order_id}/lines'),
    ).toEqualTypeOf<"write the path in Hono's syntax: '/orders/:order_id/lines'">()
    expectTypeOf(
      group({ prefix: '/a' }).route('get', '/{id}'),
    ).toEqualTypeOf<"write the path in Hono's syntax: '/:id'">()
    // a pattern is no such parameter
    route('get', '/orders/:id{[0-9]+}').response(204)
    const generic = <TName extends string>(name: TName) =>
      route('get', `/ping/${name}`).response(204)
    generic('a')
  })

  it('is a sentence where a method has no body', () => {
    type Sentence<TMethod extends string> =
      `${TMethod} has no body, since fetch cannot send it; declare it with 'post'`
    expectTypeOf(route('get', '/').body).toEqualTypeOf<Sentence<'GET'>>()
    expectTypeOf(route('head', '/').bodyAs).toEqualTypeOf<Sentence<'HEAD'>>()
    // @ts-expect-error - TRACE has no body
    route('trace', '/').body(Order)
    route('delete', '/').body(Order).bodyAs('text/csv', v.string())
  })

  it('is an error with a sentence where a response has no body, or is an interim one', () => {
    // @ts-expect-error - HTTP allows no body with 204
    route('get', '/').response(204, Order)
    // @ts-expect-error - HTTP allows no body with 304
    route('get', '/').responseAs(304, 'text/csv')
    // @ts-expect-error - 103 is an interim status
    route('get', '/').response(103)
    // @ts-expect-error - HTTP allows no body with 205
    callback('post', 'https://a.example').response(205, Order)
    // @ts-expect-error - 100 is an interim status
    webhook('post', 'shipped').response(100)
    route('get', '/').response(204, undefined).response('2XX', Order).response(304)
    const later = (status: number) => route('get', '/').response(status, Order)
    expectTypeOf(later).returns.toHaveProperty('handle')
    expectTypeOf<
      BodyProblem<205>['problem']
    >().toEqualTypeOf<'HTTP allows no body with 205; leave out the schema, or declare another status such as 200'>()
    expectTypeOf<
      StatusProblem<103>['problem']
    >().toEqualTypeOf<'103 is an interim status that no handler can respond with; declare the final response'>()
  })

  it('is a sentence where a callback is not declared', () => {
    route('get', '/')
      .response(204)
      .handle((c, { callbacks }) => {
        expectTypeOf(callbacks).toEqualTypeOf<NoCallbacks>()
        // @ts-expect-error - declare it by .callback(…)
        callbacks.paid
        return c.body(null, 204)
      })
    group({ callbacks: { paid: whenDeclared(paid) } })
      .route('post', '/')
      .query(v.object({ callback_ur: v.string() }))
      .body(Order)
      .response(204)
      .handle((c, { callbacks }) => {
        expectTypeOf(
          callbacks.paid,
        ).toEqualTypeOf<"query parameter 'callback_url' is not declared; did you mean 'callback_ur'?">()
        return c.body(null, 204)
      })
  })
})
