// The tutorial of the README, with a second operation that reads a stored invoice.
import { callback, createApi, route } from '@ringback/core'
import { reference } from '@ringback/reference'
import { createSender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '@ringback/store-sqlite'
import * as v from 'valibot'
import { openInvoices } from './invoice-table.ts'

const database = process.env.DATABASE ?? 'data/callbacks.db'

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
    invoices.save(c.req.valid('json'))
    await callbacks.invoiceNotification.send({ description: 'Payment celebration', paid: true })
    return c.json({ msg: 'Invoice received' }, 200)
  })

const StoredInvoice = v.object({
  id: v.string(),
  title: v.nullish(v.string()),
  customer: v.string(),
  total: v.number(),
})

const readInvoice = route('get', '/invoices/:id')
  .summary('Read an invoice')
  .response(200, StoredInvoice)
  .response(404, v.object({ detail: v.string() }))
  .handle((c) => {
    const invoice = invoices.find(c.req.param('id'))
    return invoice
      ? c.json(invoice, 200)
      : c.json({ detail: 'there is no invoice with this id' }, 404)
  })

const invoices = openInvoices(database)

export const sender = createSender({
  store: sqliteStore(database),
  secrets: [process.env.CALLBACK_SECRET!],
  // the external API of this demo runs on this machine, which is refused by default
  fetch: guardedFetch({ policy: { allowLoopback: true } }),
})

export const app = createApi(
  {
    info: { title: 'Invoices', version: '1.0.0' },
    sender,
    document: '/openapi.json',
    reference: reference('/reference'),
  },
  [createInvoice, readInvoice],
)
