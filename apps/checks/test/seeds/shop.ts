// Ten operations with twenty callbacks, and three webhooks: what a reference page has to show of a whole API.
import {
  type ApiOptions,
  anySecurityScheme,
  callback,
  createApi,
  group,
  route,
  securityScheme,
  webhook,
} from '@ringback/core'
import { reference } from '@ringback/reference'
import { bearerAuth } from 'hono/bearer-auth'
import * as v from 'valibot'

const bearer = securityScheme(
  'bearer',
  { type: 'http', scheme: 'bearer' },
  bearerAuth({ token: 'right' }),
)
const partnerKey = securityScheme(
  'partnerKey',
  {
    type: 'apiKey',
    in: 'header',
    name: 'X-Partner-Key',
    description: 'The key that you left in the dashboard.',
  },
  (_, next) => next(),
)
const mutual = securityScheme('mutual', { type: 'mutualTLS' }, (_, next) => next())

const Url = v.pipe(v.string(), v.url())
const Line = v.pipe(
  v.object({ sku: v.string(), count: v.pipe(v.number(), v.integer()) }),
  v.title('Line'),
)
const Order = v.pipe(
  v.object({ id: v.string(), lines: v.array(Line), total: v.number() }),
  v.title('Order'),
)
const Received = v.object({ ok: v.boolean() })
const Done = v.object({ msg: v.string() })

const Subscriber = v.object({ callback_url: v.optional(Url) })
const to = <const TPath extends string>(path: TPath) =>
  callback('post', `{$request.query.callback_url}/${path}`)

const orders = group({ prefix: '/orders', tags: ['orders'], security: [bearer] })
const payments = group({ prefix: '/payments', tags: ['payments'], security: [bearer] })
const parcels = group({ prefix: '/parcels', tags: ['parcels'] })

const createOrder = orders
  .route('post', '/')
  .summary('Create an order')
  .description('Takes an order, and **reserves** what is in stock.')
  .query(Subscriber)
  .body(Order)
  .response(201, Order)
  .callback(
    'orderAccepted',
    callback('post', '{$request.query.callback_url}/orders/{$request.body#/id}/accepted')
      .summary('The order was accepted')
      .description(
        'Sent as soon as every line is reserved, usually within a second.\n\nYour answer may change the delivery date:\n\n```json\n{ "ok": false }\n```\n\nasks for a later one.',
      )
      .security(partnerKey)
      .body(Order)
      .response(200, Received)
      .response(410, undefined, { description: 'The order is not wanted any more' }),
  )
  .callback(
    'orderRejected',
    callback('post', '{$request.query.callback_url}/orders/{$request.body#/id}/rejected')
      .summary('The order was rejected')
      .body(v.object({ reason: v.picklist(['stock', 'fraud', 'address']) }))
      .response(204),
  )
  .callback(
    'orderPriced',
    to('orders/priced')
      .summary('A price changed before the order was accepted')
      .body(v.object({ sku: v.string(), price: v.number() }))
      .response('2XX'),
  )
  .handle((c) => c.json(c.req.valid('json'), 201))

const readOrder = orders
  .route('get', '/:id')
  .summary('Read an order')
  .response(200, Order)
  .handle((c) => c.json({ id: c.req.param('id'), lines: [], total: 0 }, 200))

const changeOrder = orders
  .route('put', '/:id')
  .summary('Change an order')
  .query(Subscriber)
  .headers(v.object({ 'x-audit-url': v.optional(Url) }))
  .body(Order)
  .response(200, Order)
  .callback(
    'orderChanged',
    callback('put', '{$request.query.callback_url}/orders/{$request.path.id}')
      .summary('The order has changed')
      .body(Order)
      .response(200, Received),
  )
  .callback(
    'audited',
    callback('post', '{$request.header.x-audit-url}')
      .summary('Who changed what')
      .security(anySecurityScheme(partnerKey, mutual))
      .body(v.object({ who: v.string(), what: v.array(v.string()) }))
      .response(202),
  )
  .handle((c) => c.json(c.req.valid('json'), 200))

const cancelOrder = orders
  .route('delete', '/:id')
  .summary('Cancel an order')
  .query(Subscriber)
  .response(202, Done)
  .callback(
    'orderCancelled',
    callback('delete', '{$request.query.callback_url}/orders/{$request.path.id}')
      .summary('The order is cancelled')
      .deprecated()
      .response(204),
  )
  .callback(
    'refundStarted',
    to('refunds')
      .summary('Money is on its way back')
      .body(v.object({ amount: v.number() }))
      .response(200, Received),
  )
  .handle((c) => c.json({ msg: 'Cancelled' }, 202))

const pay = payments
  .route('post', '/')
  .summary('Pay')
  .body(v.object({ order: v.string(), notify: v.object({ url: Url }) }))
  .response(202, Done)
  .callback(
    'paid',
    callback('post', '{$request.body#/notify/url}')
      .summary('The payment went through')
      .body(v.object({ order: v.string(), amount: v.number() }))
      .response(200, Received),
  )
  .callback(
    'declined',
    callback('post', '{$request.body#/notify/url}?declined=1')
      .summary('The payment was declined')
      .body(v.object({ order: v.string(), code: v.string() }))
      .response(200, Received),
  )
  .callback(
    'challenged',
    callback('post', '{$request.body#/notify/url}?challenged=1')
      .summary('The buyer has to confirm the payment')
      .body(v.object({ order: v.string(), confirmAt: v.string() }))
      .response(200, v.object({ confirmed: v.boolean() })),
  )
  .handle((c) => c.json({ msg: 'Paying' }, 202))

const refund = payments
  .route('post', '/:id/refund')
  .summary('Refund a payment')
  .query(Subscriber)
  .response(202, Done)
  .callback(
    'refunded',
    callback('post', '{$request.query.callback_url}/payments/{$request.path.id}/refunded')
      .summary('The payment was refunded')
      .body(v.object({ amount: v.number() }))
      .response(200, Received),
  )
  .callback(
    'refundFailed',
    to('payments/refund-failed')
      .summary('The payment could not be refunded')
      .body(v.object({ reason: v.string() }))
      .response(200, Received),
  )
  .handle((c) => c.json({ msg: 'Refunding' }, 202))

const send = parcels
  .route('post', '/')
  .summary('Send a parcel')
  .query(v.object({ callback_url: Url }))
  .body(v.object({ order: v.string(), weight: v.number() }))
  .response(201, v.object({ id: v.string() }))
  .callback(
    'parcelLabelled',
    callback('post', '{$request.query.callback_url}/parcels/{$response.body#/id}/label')
      .summary('The label is printed')
      .body(v.object({ label: Url }))
      .response(204),
  )
  .callback(
    'parcelMoved',
    callback('post', '{$request.query.callback_url}/parcels/{$response.body#/id}/moved')
      .summary('The parcel was scanned')
      .body(v.object({ place: v.string(), at: v.string() }))
      .response(204),
  )
  .callback(
    'parcelDelivered',
    callback('post', '{$request.query.callback_url}/parcels/{$response.body#/id}/delivered')
      .summary('The parcel was handed over')
      .body(v.object({ to: v.string(), signature: v.nullish(v.string()) }))
      .response(204),
  )
  .handle((c) => c.json({ id: 'p1' }, 201))

const returnParcel = parcels
  .route('post', '/:id/return')
  .summary('Return a parcel')
  .query(Subscriber)
  .response(202, Done)
  .callback(
    'returnArrived',
    to('returns/arrived')
      .summary('The parcel is back')
      .body(v.object({ at: v.string() }))
      .response(200, Received),
  )
  .callback(
    'returnInspected',
    to('returns/inspected')
      .summary('Its content was looked at')
      .body(v.object({ isIntact: v.boolean() }))
      .response(200, Received),
  )
  .handle((c) => c.json({ msg: 'Returning' }, 202))

const search = route('get', '/search')
  .summary('Search orders')
  .query(v.object({ text: v.optional(v.string()) }))
  .response(200, v.array(Order))
  .handle((c) => c.json([], 200))

const report = route('post', '/reports')
  .summary('Make a report')
  .query(v.object({ callback_url: v.optional(Url, 'https://reports.example.com') }))
  .body(v.object({ month: v.string() }))
  .response(202, Done)
  .callback(
    'reportReady',
    to('reports/{$request.body#/month}')
      .summary('The report is ready')
      .body(v.object({ url: Url }))
      .response(200, Received),
  )
  .callback(
    'reportLate',
    to('late-reports')
      .summary('The report takes longer')
      .body(v.object({ minutes: v.number() }))
      .response(200, Received),
  )
  .callback(
    'reportFailed',
    to('failed-reports')
      .summary('There will be no report')
      .body(v.object({ reason: v.string() }))
      .response(200, Received),
  )
  .handle((c) => c.json({ msg: 'Working' }, 202))

const hook = (name: string, summary: string) =>
  webhook('post', name)
    .summary(summary)
    .security(partnerKey)
    .body(v.object({ event: v.string(), order: v.string() }))
    .response(204)

export const shopApi = (options: Partial<ApiOptions> = {}) =>
  createApi(
    {
      info: {
        title: 'Shop',
        version: '1.0.0',
        description: 'Orders, payments and parcels, and what is sent when they change.',
      },
      tags: [
        { name: 'orders', description: 'What is bought' },
        { name: 'payments', description: 'What it costs' },
        { name: 'parcels', description: 'Where it is' },
      ],
      webhooks: [
        hook('stockLow', 'Something is nearly sold out'),
        hook('priceChanged', 'A price has changed'),
        hook('accountClosed', 'An account was closed'),
      ],
      signed: true,
      document: '/openapi.json',
      reference: reference('/reference'),
      ...options,
    },
    [
      createOrder,
      readOrder,
      changeOrder,
      cancelOrder,
      pay,
      refund,
      send,
      returnParcel,
      search,
      report,
    ],
  )
