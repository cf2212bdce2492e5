// An application whose callbacks are sent after the request that asked for them, or read its answer.
import { type CallbackSender, callback, createApi, route } from '@ringback/core'
import * as v from 'valibot'

const Order = v.object({ id: v.string(), password: v.string() })
const Query = v.object({ callback_url: v.string() })

const paid = callback('post', '{$request.query.callback_url}/{$request.body#/id}')
  .body(v.object({ amount: v.number() }))
  .response(204)

const nudged = callback('post', '{$request.query.callback_url}/nudge').response(204)

/** Sends nothing yet: it keeps its exchange under the order's id. */
export const createOrder = route('post', '/orders')
  .query(Query)
  .body(Order)
  .response(204)
  .callback('paid', paid)
  .callback('nudged', nudged)
  .handle(async (c, { exchange }) => {
    await exchange.keep(c.req.valid('json').id)
    return c.body(null, 204)
  })

const created = callback(
  'post',
  '{$request.query.callback_url}/{$statusCode}/{$response.body#/number}{$response.header.x-shard}',
)
  .body(v.object({ ok: v.boolean() }))
  .response(204)

/** What the handler of an answered order does, besides to answer. */
export const doing = {
  what: async (_tools: {
    readonly callbacks: {
      readonly created: {
        send(payload: { ok: boolean }): Promise<{ readonly state: string }>
        prepare(payload: { ok: boolean }): Promise<unknown>
        call(payload: { ok: boolean }): Promise<unknown>
      }
    }
    readonly exchange: { keep(key: string): Promise<void> }
  }) => {},
}

/** Its callback's URL is known once it is answered. */
export const answerOrder = route('post', '/answered')
  .query(Query)
  .response(201, v.object({ number: v.number() }), {
    headers: v.object({ 'x-shard': v.optional(v.string()) }),
  })
  .responseAs(200, 'text/event-stream', v.string())
  .callback('created', created)
  .handle(async (c, tools) => {
    await doing.what(tools)
    return c.json({ number: 7 }, 201, { 'x-shard': 'b' })
  })

/** The application, with a sender. */
export function ordersApp(sender: CallbackSender) {
  return createApi({ info: { title: 'Orders', version: '1.0.0' }, sender }, [
    createOrder,
    answerOrder,
  ])
}

/** Orders, with a secret that no callback reads. */
export function postTo(
  app: { request: ReturnType<typeof ordersApp>['request'] },
  path: string,
  url: string,
) {
  return app.request(`${path}?callback_url=${encodeURIComponent(url)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer hunter2' },
    body: JSON.stringify({ id: 'order-1', password: 'hunter2' }),
  })
}
