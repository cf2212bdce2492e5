// The operations of the tutorial, which know nothing of where they run.
import { callback, route } from '@ringback/core'
import * as v from 'valibot'

const Amount = v.union([v.number(), v.pipe(v.string(), v.decimal(), v.toNumber())]) // 9999 or "9999", as FastAPI takes it
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
    const { customer, total } = c.req.valid('json')
    console.log(`collecting ${total} from ${customer}`)
    await callbacks.invoiceNotification.send({ description: 'Payment celebration', paid: true })
    return c.json({ msg: 'Invoice received' }, 200)
  })

export const info = { title: 'Invoices', version: '1.0.0' }
export const operations = [createInvoice] as const
