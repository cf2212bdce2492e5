// Another project of a monorepo, which sees the declarations of `library` and none of its sources.
import {
  type CallbacksOf,
  callback,
  createApi,
  type Group,
  group,
  link,
  route,
} from '@ringback/core'
import { receive } from '@ringback/receiver'
import type { Sender } from '@ringback/sender'
import { hc } from 'hono/client'
import * as v from 'valibot'
import {
  type App,
  type byHand,
  client,
  type makeApp,
  makeClient,
  openApi,
  parcelsClient,
  readOrder,
} from '../library/app.ts'
import { type byKey, listParcels, moveParcel, parcels, unfinishedMove } from '../library/groups.ts'
import {
  anyScheme,
  createOrder,
  getOrder,
  makePing,
  oauth,
  orderShipped,
  paid,
  toOrder,
  unfinished,
  unfinishedCallback,
} from '../library/operations.ts'
import { unfinishedReceiver } from '../library/receiving.ts'
import { callPaid, resumed, sender } from '../library/sending.ts'
import { type parts, startExternal } from '../library/testing.ts'

type IsAny<T> = 0 extends 1 & T ? true : false

/** Compiles where nothing is `any`; a declaration that names what cannot be resolved would make it that. */
export const isAny: readonly false[] = [
  false satisfies IsAny<App>,
  false satisfies IsAny<typeof client>,
  false satisfies IsAny<typeof parcelsClient>,
  false satisfies IsAny<typeof unfinished>,
  false satisfies IsAny<typeof byKey>,
  false satisfies IsAny<typeof createOrder>,
  false satisfies IsAny<typeof byHand>,
  false satisfies IsAny<typeof openApi>,
  false satisfies IsAny<typeof resumed>,
  false satisfies IsAny<typeof unfinishedReceiver>,
  false satisfies IsAny<typeof parts>,
  false satisfies IsAny<CallbacksOf<typeof moveParcel>>,
]

export async function callClient() {
  const own = hc<App>('http://localhost')
  for (const api of [own, client, makeClient('http://localhost')]) {
    const response = await api.tenants[':tenant'].orders.$post({
      param: { tenant: 'acme' },
      query: { dry: true },
      header: {},
      cookie: {},
      json: { callbackUrl: 'https://a.example', items: ['book'] },
    })
    if (response.status === 201) return response.headers.get('location')
  }
  const json = { callbackUrl: 'https://a.example', items: [1] }
  const rest = { param: { tenant: 'acme' }, query: {}, header: {}, cookie: {} }
  // @ts-expect-error - `items` is a list of strings
  await own.tenants[':tenant'].orders.$post({ ...rest, json })
  // @ts-expect-error - there is no such path
  own.nothing
  // @ts-expect-error - an order is read, not deleted
  own.orders[':id'].$delete
  // @ts-expect-error - the path has an `id`
  await own.orders[':id'].$get({ param: {} })
  const moved = await parcelsClient.tenants[':tenant'].parcels[':id'].$put({
    param: { tenant: 'acme', id: '1' },
    json: { movedUrl: 'https://a.example' },
  })
  if (moved.status === 200) return (await moved.json()).by satisfies string
  const ping = await hc<ReturnType<typeof makeApp>>('http://localhost').ping.db.$get()
  const { pong }: { pong: boolean } = await ping.json()
  const read = await readOrder('1')
  if (read.status === 200) return (await read.json()).placed satisfies string
  // @ts-expect-error - a 404 has `detail`, and no `total`
  if (read.status === 404) (await read.json()).total
  return pong
}

export async function resume(other: Sender) {
  await sender.resume(createOrder, 'order-1').paid.send({ order: '1', paid: true })
  await other.resume(moveParcel, 'parcel-1').moved.send({ to: 'here' }, { delay: 1000 })
  await resumed.shipped.send()
  // @ts-expect-error - `paid` is a boolean
  await resumed.paid.send({ order: '1', paid: 1 })
  // @ts-expect-error - the operation has no such callback
  resumed.refunded
  // @ts-expect-error - the group's callback is not given to an operation without its URL
  await sender.resume(listParcels, 'parcel-1').moved.send({ to: 'here' })
  const result = await callPaid('1')
  return result.ok && result.response.status === 200 && result.response.body.ok
}

const refunded = callback('post', '{$request.body#/callbackUrl}').response(204)
export const extended = unfinished
  .use(async (c, next) => {
    c.set('startedAt', 1)
    await next()
  })
  .response(409)
  .security(anyScheme)
  .security(oauth)
  .callback('refunded', refunded)
  .callback('paid', paid)
  .handle(async (c, { callbacks }) => {
    const { items } = c.req.valid('json')
    await callbacks.refunded.send()
    // @ts-expect-error - the items are strings
    items[0] satisfies number | undefined
    if (c.var.startedAt > c.var.scopes.length) return c.body(null, 409)
    return c.json({ id: '1', total: 1, placed: new Date(0) }, 201, { location: '/orders/1' })
  })

const lost = callback('post', '{$request.body#/callbackURL}')
// @ts-expect-error - the body has `callbackUrl`
export const mistaken = unfinished.callback('lost', lost)

export const moveLater = unfinishedMove
  .body(v.object({ movedUrl: v.string() }))
  .response(202)
  .handle(async (c, { callbacks }) => {
    await callbacks.moved.send({ to: c.req.param('tenant') })
    return c.body(null, 202)
  })

export const deeper = parcels.group({ prefix: '/deeper' })
export const orders: Group<'/orders', {}, {}, {}> = group({ prefix: '/orders' })
export const sent = unfinishedCallback.body(v.object({ sent: v.boolean() })).response(200)
export const ended = orderShipped.response(410, undefined, { final: true })
export const received = unfinishedReceiver.handle(({ payload }) => {
  // @ts-expect-error - the payload has no such member
  payload.nothing
  return { status: 200, body: { ok: payload.paid } }
})
export const receiveEnded = receive(ended, { secrets: [] }).handle(({ payload }) => {
  payload.total satisfies number
  return { status: 410 }
})
export const linked = route('get', '/latest')
  .response(201, v.object({ id: v.string() }))
  .link('order', toOrder)
  .link('again', link(getOrder, { status: 201, parameters: { id: '$response.body#/id' } }))
  .handle((c) => c.json({ id: '1' }, 201))

export const app = createApi({ info: openApi.info }, [extended, moveLater, linked, makePing('x')])
export const play = async () => (await startExternal()).play(204)
