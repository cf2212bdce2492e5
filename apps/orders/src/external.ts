// The API of the shop that orders: it receives the callbacks.
import { receive } from '@ringback/receiver'
import { Hono } from 'hono'
import { payment, shipping } from './orders.ts'

/** Creates the shop's API; `onReceived` is called with each order and what became of it. */
export function createShopApi(
  secrets: readonly string[],
  onReceived: (order: string, what: 'paid' | 'shipped') => void,
) {
  return new Hono()
    .post(
      '/orders/:id/paid',
      receive(payment, { secrets }).handle(({ payload }) => {
        onReceived(payload.order, 'paid')
        return { status: 200, body: { ok: true } }
      }),
    )
    .post(
      '/orders/:id/shipped',
      receive(shipping, { secrets }).handle(({ payload }) => {
        onReceived(payload.order, 'shipped')
        return { status: 200, body: { ok: true } }
      }),
    )
}
