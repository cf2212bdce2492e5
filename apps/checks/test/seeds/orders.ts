// An API whose callbacks every operation has: they are those of an outermost group.
import { type ApiRuntimeOptions, callback, createApi, group } from '@ringback/core'
import * as v from 'valibot'

const Event = v.object({ order_id: v.string(), status: v.string() })
const Received = v.object({ ok: v.boolean() })

const paymentSuccess = callback('post', '{$callback_url}/payments/success')
  .summary('The order was paid')
  .body(Event)
  .response(200, Received)
const shippingUpdate = callback('post', '{$callback_url}/shipping/update')
  .summary('The order is on its way')
  .body(Event)
  .response(200, Received)

const api = group({
  prefix: '/orders/:order_id',
  tags: ['orders'],
  callbacks: { paymentSuccess, shippingUpdate },
})
const WithCallback = v.object({
  callback_url: v.optional(v.pipe(v.string(), v.url()), 'https://callbacks.example.com/events'),
})
const Message = v.object({ msg: v.string() })

export const payOrder = api
  .route('post', '/pay')
  .summary('Pay an order')
  .query(WithCallback)
  .response(202, Message)
  .handle(async (c, { callbacks }) => {
    await callbacks.paymentSuccess.send({ order_id: c.req.param('order_id'), status: 'paid' })
    return c.json({ msg: 'Payment received' }, 202)
  })

export const shipOrder = api
  .route('post', '/ship')
  .summary('Ship an order')
  .query(WithCallback)
  .response(202, Message)
  .handle(async (c, { callbacks }) => {
    await callbacks.shippingUpdate.send({ order_id: c.req.param('order_id'), status: 'shipped' })
    return c.json({ msg: 'Order shipped' }, 202)
  })

export const ordersApi = (runtime: ApiRuntimeOptions) =>
  createApi(
    { info: { title: 'Orders', version: '1.0.0' }, document: '/openapi.json', ...runtime },
    [payOrder, shipOrder],
  )
