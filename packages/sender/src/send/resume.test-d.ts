import { callback, group, type NoCallbacks, route } from '@ringback/core'
import * as v from 'valibot'
import { expectTypeOf, it } from 'vitest'
import type { Sender } from '../sender.ts'

declare const sender: Sender

const paid = callback('post', '{$request.query.url}')
  .body(v.object({ amount: v.number() }))
  .response(200, v.object({ ok: v.boolean() }))
const shipped = callback('post', 'https://a.example').response(204)

const orders = group({ prefix: '/orders', callbacks: { shipped } })
const createOrder = orders
  .route('post', '/')
  .query(v.object({ url: v.string() }))
  .response(204)
  .callback('paid', paid)
  .handle(async (c, { callbacks, exchange }) => {
    expectTypeOf(exchange.keep).toEqualTypeOf<(key: string) => Promise<void>>()
    expectTypeOf(sender.resume(createOrder, 'a')).toEqualTypeOf(callbacks)
    return c.body(null, 204)
  })

it('has the callbacks of the operation, with the types of its handler', async () => {
  const callbacks = sender.resume(createOrder, 'a', { owner: 'ann' })
  expectTypeOf(callbacks).toHaveProperty('paid')
  expectTypeOf(callbacks).toHaveProperty('shipped')
  expectTypeOf(callbacks.paid.send).parameter(0).toEqualTypeOf<{ amount: number }>()
  const result = await callbacks.paid.call({ amount: 1 })
  if (result.ok) expectTypeOf(result.response.body).toEqualTypeOf<{ ok: boolean }>()
  // @ts-expect-error - the payload lacks its amount
  await callbacks.paid.send({})
  // @ts-expect-error - 'refunded' was never declared
  callbacks.refunded
})

it('has none of an operation without callbacks', () => {
  const bare = route('get', '/')
    .response(204)
    .handle((c) => c.body(null, 204))
  expectTypeOf(sender.resume(bare, 'a')).toEqualTypeOf<NoCallbacks>()
})
