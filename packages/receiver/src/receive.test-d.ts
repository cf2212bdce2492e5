// checked by tsc, never run
import { callback } from '@ringback/core'
import * as v from 'valibot'
import { expectTypeOf, it } from 'vitest'
import { receive } from './receive.ts'

const paid = callback('post', 'https://a.example')
  .body(v.object({ amount: v.pipe(v.string(), v.toNumber()) }))
  .response(200, v.object({ ok: v.boolean() }))
  .response(204)

it('types the payload, and the answers', () => {
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
