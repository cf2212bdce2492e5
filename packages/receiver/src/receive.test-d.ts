// checked by tsc, never run
import { callback, webhook } from '@ringback/core'
import type { Context } from 'hono'
import * as v from 'valibot'
import { expectTypeOf, it } from 'vitest'
import { receive } from './receive.ts'

const paid = callback('post', 'https://a.example')
  .body(v.object({ amount: v.pipe(v.string(), v.toNumber()) }))
  .response(200, v.object({ ok: v.boolean() }))
  .response(204)

it('types the payload and the responses', () => {
  const builder = receive(paid, { secrets: [] })
  builder.handle(({ payload }) => {
    expectTypeOf(payload).toEqualTypeOf<{ amount: number }>()
    return { status: 200, body: { ok: true } }
  })
  builder.handle(async () => ({ status: 204 }))
  // @ts-expect-error - ok is a boolean
  builder.handle(() => ({ status: 200, body: { ok: 1 } }))
  // @ts-expect-error - 202 is not declared
  builder.handle(() => ({ status: 202 }))
  // @ts-expect-error - 204 has no body
  builder.handle(() => ({ status: 204, body: { ok: true } }))
})

it('accepts webhooks, and ranges of statuses', () => {
  const shipped = webhook('post', 'orderShipped')
    .body(v.object({ order: v.string() }))
    .response('2XX')
    .response('4XX', v.object({ detail: v.string() }))
  const builder = receive(shipped, { secrets: [] })
  builder.handle(({ payload }) => {
    expectTypeOf(payload).toEqualTypeOf<{ order: string }>()
    return { status: 202 }
  })
  builder.handle(() => ({ status: 409, body: { detail: 'known' } }))
  // @ts-expect-error - 4XX has a body
  builder.handle(() => ({ status: 409 }))
})

it('types the request, for the handler and for a function that gives secrets', () => {
  const builder = receive(paid, { secrets: (c) => c.env.SECRETS })
  builder.handle(({ params, messageId, c, request }) => {
    expectTypeOf(params).toEqualTypeOf<Readonly<Record<string, string>>>()
    expectTypeOf(messageId).toEqualTypeOf<string>()
    expectTypeOf(c).toEqualTypeOf<Context | undefined>()
    expectTypeOf(request).toEqualTypeOf<Request>()
    return { status: 204 }
  })
  receive(paid, { secrets: async ({ params }) => [params.tenant ?? ''] })
  // @ts-expect-error - secrets are a list
  receive(paid, { secrets: () => 'whsec_' })
  // @ts-expect-error - the id of the message is messageId
  builder.handle(({ id }) => ({ status: id ? 204 : 200 }))
})

it('types the headers, the query and the body of a callback that declares them', () => {
  const shipped = callback('post', 'https://a.example')
    .headers(v.object({ 'x-tenant': v.string() }))
    .query(v.object({ page: v.pipe(v.string(), v.toNumber()) }))
    .bodyAs('text/csv', v.string())
    .response(204)
  receive(shipped, { secrets: [] }).handle(({ payload, headers, query }) => {
    expectTypeOf(payload).toEqualTypeOf<string>()
    expectTypeOf(headers).toEqualTypeOf<{ 'x-tenant': string }>()
    expectTypeOf(query).toEqualTypeOf<{ page: number }>()
    return { status: 204 }
  })
  // @ts-expect-error - this callback declares no headers
  receive(paid, { secrets: [] }).handle(({ headers }) => ({ status: headers ? 204 : 200 }))
})
