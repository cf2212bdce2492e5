// The operations of the API, which know nothing of where they run.
import { callback, route } from '@ringback/core'
import * as v from 'valibot'

/** The request that the API sends when an invoice is paid. */
export const invoiceNotification = callback(
  'post',
  '{$request.query.callback_url}/invoices/{$request.body#/id}',
)
  .summary('Invoice notification')
  .body(v.object({ description: v.string(), paid: v.boolean() }))
  .response(200, v.object({ ok: v.boolean() }))

export const createInvoice = route('post', '/invoices')
  .summary('Create an invoice')
  .query(v.object({ callback_url: v.optional(v.pipe(v.string(), v.url())) }))
  .body(v.object({ id: v.string(), customer: v.string(), total: v.number() }))
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
