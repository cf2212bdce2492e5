// The tutorial of the README, over whatever sends its callbacks.
import { console as operatorConsole } from '@ringback/console'
import { callback, createApi, route } from '@ringback/core'
import { reference } from '@ringback/reference'
import type { Sender } from '@ringback/sender'
import { type Context, Hono } from 'hono'
import * as v from 'valibot'

const Amount = v.union([v.number(), v.pipe(v.string(), v.decimal(), v.toNumber())])
const Invoice = v.object({
  id: v.string(),
  title: v.nullish(v.string()),
  customer: v.string(),
  total: Amount,
})
const InvoiceEvent = v.object({ description: v.string(), paid: v.boolean() })
const InvoiceEventReceived = v.object({ ok: v.boolean() })

const invoiceNotification = callback(
  'post',
  '{$request.query.callback_url}/invoices/{$request.body#/id}',
)
  .summary('Invoice notification')
  .body(InvoiceEvent)
  .response(200, InvoiceEventReceived)

const createInvoice = route('post', '/invoices')
  .summary('Create an invoice')
  .query(v.object({ callback_url: v.optional(v.pipe(v.string(), v.url())) }))
  .body(Invoice)
  .response(200, v.object({ msg: v.string() }))
  .callback('invoiceNotification', invoiceNotification)
  .handle(async (c, { callbacks }) => {
    await callbacks.invoiceNotification.send({ description: 'Payment celebration', paid: true })
    return c.json({ msg: 'Invoice received' }, 200)
  })

/** Makes the tutorial's API, and a console. */
export function tutorialApi(sender: Sender | ((c: Context) => Sender)) {
  const api = createApi(
    {
      info: { title: 'Invoices', version: '1.0.0' },
      sender,
      document: '/openapi.json',
      reference: reference('/reference', { cdn: 'https://cdn.example/scalar.js' }),
    },
    [createInvoice],
  )
  const pages = operatorConsole(sender, { authorize: () => 'all' })
  return new Hono().route('/', api).route('/console', pages)
}
