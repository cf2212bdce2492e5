// checked by tsc, never run
import { callback, webhook } from '@ringback/core'
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
