// The program of FastAPI's chapter on callbacks, with our builders.
import { callback, route } from '@ringback/core'
import { document } from '@ringback/core/document'
import * as v from 'valibot'

const Invoice = v.pipe(
  v.object({
    id: v.string(),
    title: v.optional(v.nullable(v.string())),
    customer: v.string(),
    total: v.number(),
  }),
  v.title('Invoice'),
)
const InvoiceEvent = v.pipe(
  v.object({ description: v.string(), paid: v.boolean() }),
  v.title('InvoiceEvent'),
)
const InvoiceEventReceived = v.pipe(v.object({ ok: v.boolean() }), v.title('InvoiceEventReceived'))

// the key as FastAPI's chapter writes it
const invoiceNotification = callback('post', '{$callback_url}/invoices/{$request.body.id}')
  .summary('Invoice Notification')
  .body(InvoiceEvent)
  .response(200, InvoiceEventReceived)

const createInvoice = route('post', '/invoices')
  .summary('Create Invoice')
  .query(
    v.object({
      callback_url: v.optional(v.pipe(v.string(), v.url(), v.minLength(1), v.maxLength(2083))),
    }),
  )
  .body(Invoice)
  .response(200, v.object({ msg: v.string() }))
  .callback('invoice_notification', invoiceNotification)
  .handle(async (c, { callbacks }) => {
    await callbacks.invoice_notification.send({ description: 'Payment celebration', paid: true })
    return c.json({ msg: 'Invoice received' }, 200)
  })

export const fastapiCallbacks = (openapi: '3.1' | '3.2') =>
  document({ openapi, info: { title: 'FastAPI', version: '0.1.0' } }, [createInvoice])
