// Programs of developers who generate code from our documents, compiled with the generated code.

/** Uses the types of openapi-typescript: `<api>.ts`, and `<api>-callbacks.ts` with the callbacks as webhooks. */
export const TYPED = `
import type { components as OrdersComponents, operations as Orders } from './orders.js'
import type { webhooks as OrdersCallbacks } from './orders-callbacks.js'
import type { operations as Subscriptions, paths as SubscriptionPaths } from './subscriptions.js'
import type { webhooks as SubscriptionsCallbacks } from './subscriptions-callbacks.js'
import type { components, operations as Everything, webhooks } from './everything.js'
import type { webhooks as EverythingCallbacks } from './everything-callbacks.js'
import type { operations as Invoices } from './invoices.js'
import type { webhooks as InvoicesCallbacks } from './invoices-callbacks.js'

// the types are identical, not only assignable to each other
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const hold = <T extends true>(claim?: T) => claim

type Json<T extends { content: { 'application/json': unknown } }> = T['content']['application/json']
type Problem = { content: { 'application/problem+json': OrdersComponents['schemas']['Problem'] } }

hold<Equal<keyof Orders, 'postOrdersByOrderIdPay' | 'postOrdersByOrderIdShip'>>()
type Pay = Orders['postOrdersByOrderIdPay']
hold<Equal<Pay['parameters']['path'], { order_id: string }>>()
hold<Equal<Pay['parameters']['query'], { callback_url?: string } | undefined>>()
hold<Equal<Json<Pay['responses'][202]>, { msg: string }>>()
hold<Pay['responses'][422] extends Problem ? true : false>()
hold<Equal<keyof OrdersCallbacks, 'paymentSuccess' | 'shippingUpdate'>>()
type Paid = OrdersCallbacks['paymentSuccess']['post']
hold<Equal<Json<Paid['requestBody']>, { order_id: string; status: string }>>()
hold<Equal<Json<Paid['responses'][200]>, { ok: boolean }>>()
hold<Equal<keyof Paid['parameters']['header'], 'webhook-id' | 'webhook-timestamp' | 'webhook-signature'>>()

type Subscribe = SubscriptionPaths['/subscriptions']['post']
hold<Equal<Subscribe, Subscriptions['postSubscriptions']>>()
hold<Equal<Subscribe['parameters']['query'], { callback_url: string }>>()
hold<Equal<Subscribe['parameters']['header'], { user_id: string }>>()
hold<Equal<Json<Subscribe['requestBody']>, { email: string }>>()
type Confirmation = SubscriptionsCallbacks['confirmation']['post']
hold<Equal<Json<Confirmation['requestBody']>, { user_id: string; confirmed: boolean }>>()
hold<Equal<keyof Confirmation['responses'], 204>>()

type Order = components['schemas']['Order']
hold<Equal<Order, { id: string; total: number }>>()
type Read = Everything['getTenantsByTenantOrdersById']
hold<Equal<Read['parameters']['path'], { tenant: string; id: number }>>()
hold<Equal<Read['parameters']['cookie'], { theme?: 'dark' | 'light' } | undefined>>()
hold<Equal<Read['responses'][200]['headers']['etag'], string>>()
type Change = NonNullable<Everything['putTenantsByTenantOrdersById']['requestBody']>['content']
hold<Equal<keyof Change, 'application/json' | 'multipart/form-data' | 'text/csv'>>()
hold<Equal<Change['application/json'], Order>>()
hold<Equal<Json<webhooks['orderShipped']['post']['requestBody']>, Order>>()
hold<Equal<keyof EverythingCallbacks, 'orderShipped' | 'changed'>>()
hold<Equal<Json<EverythingCallbacks['changed']['post']['requestBody']>, Order>>()

type Created = Invoices['postInvoices']
hold<Equal<Json<Created['requestBody']>['title'], string | null | undefined>>()
hold<Equal<Json<Created['requestBody']>['total'], number | string>>()
hold<Equal<Json<Invoices['getInvoicesById']['responses'][404]>, { detail: string }>>()
type Notification = InvoicesCallbacks['invoiceNotification']['post']
hold<Equal<Json<Notification['requestBody']>, { description: string; paid: boolean }>>()
hold<Equal<Json<Notification['responses'][200]>, { ok: boolean }>>()

export const paid: Json<Notification['requestBody']> = {
  description: 'Payment celebration',
  // @ts-expect-error - the member paid is a boolean
  paid: 1,
}
`

/** Uses the clients of @hey-api/openapi-ts, a folder for each API; takes their base URL, and prints the responses. */
export const CALLING = `
import { client as everything } from './everything/client.gen.js'
import { getHealth, getTenantsByTenantOrdersById, putTenantsByTenantOrdersById } from './everything/index.js'
import type { Order, OrderShippedWebhookPayload, PutTenantsByTenantOrdersByIdChangedWebhookPayload } from './everything/index.js'
import { client as invoices } from './invoices/client.gen.js'
import { getInvoicesById, postInvoices } from './invoices/index.js'
import type { PostInvoicesInvoiceNotificationWebhookPayload } from './invoices/index.js'
import { client as orders } from './orders/client.gen.js'
import { postOrdersByOrderIdPay, postOrdersByOrderIdShip } from './orders/index.js'
import type { PaymentSuccessWebhookPayload, ShippingUpdateWebhookPayload } from './orders/index.js'
import { client as subscriptions } from './subscriptions/client.gen.js'
import { postSubscriptions } from './subscriptions/index.js'
import type { PostSubscriptionsConfirmationWebhookPayload, Problem } from './subscriptions/index.js'

declare const process: { readonly argv: readonly string[] }

export const received: readonly [
  PutTenantsByTenantOrdersByIdChangedWebhookPayload,
  OrderShippedWebhookPayload,
  PaymentSuccessWebhookPayload,
  ShippingUpdateWebhookPayload,
  PostSubscriptionsConfirmationWebhookPayload,
  PostInvoicesInvoiceNotificationWebhookPayload,
] = [
  { id: '1', total: 1 },
  { id: '1', total: 1 },
  { order_id: '1', status: 'paid' },
  { order_id: '1', status: 'shipped' },
  { user_id: '1', confirmed: true },
  { description: 'Payment celebration', paid: true },
]

async function run(url = '') {
  const auth = ({ key, type }: { key?: string; type: string }) =>
    type === 'apiKey' ? 'k' : key === 'oauth' ? 'orders.write' : undefined
  everything.setConfig({ baseUrl: url + '/everything', auth })
  invoices.setConfig({ baseUrl: url + '/invoices' })
  orders.setConfig({ baseUrl: url + '/orders' })
  subscriptions.setConfig({ baseUrl: url + '/subscriptions' })

  const path = { tenant: 't', id: 7 }
  const read = await getTenantsByTenantOrdersById({ path, query: { fields: ['a'] } })
  const order: Order | undefined = read.data
  const changed = await putTenantsByTenantOrdersById({ path: { ...path, id: '7' }, body: { id: '7', total: 2 } })
  const health = await getHealth()
  const paid = await postOrdersByOrderIdPay({ path: { order_id: 'o 1' } })
  const shipped = await postOrdersByOrderIdShip({ path: { order_id: 'o 1' } })
  const subscribed = await postSubscriptions({
    query: { callback_url: 'https://shop.example/' },
    headers: { user_id: '7' },
    body: { email: 'ada@example.com' },
  })
  const refused = await postSubscriptions({
    query: { callback_url: 'https://shop.example/' },
    headers: { user_id: '7' },
    // @ts-expect-error - the e-mail address is missing
    body: {},
  })
  const problem: Problem | undefined = refused.error
  const invoice = { id: '2expen51ve', customer: 'Mr. Richie Rich' }
  const created = await postInvoices({ body: { ...invoice, total: '9999' } })
  const kept = await getInvoicesById({ path: { id: invoice.id } })

  return {
    order,
    changed: changed.data,
    health: health.data?.ok,
    paid: paid.data?.msg,
    shipped: shipped.data?.msg,
    subscribed: subscribed.data?.msg,
    problem: problem?.errors?.map(({ pointer }) => pointer),
    created: created.data?.msg,
    total: kept.data?.total,
  }
}

console.log(JSON.stringify(await run(process.argv[2])))
`
