// The external API that receives the callbacks: in earnest somebody else's, who reads the document of yours.
import { memorySeen, receive } from '@ringback/receiver'
import { Hono } from 'hono'
import { invoiceNotification } from '../src/operations.ts'

/** Creates the receiver. Each callback is verified and validated before its handler runs, and handled once. */
export function createReceiver(secrets: readonly string[]) {
  return new Hono().post(
    '/events/invoices/:id',
    receive(invoiceNotification, { secrets, seen: memorySeen() }).handle(({ params, payload }) => {
      console.log(`invoice ${params.id}: ${payload.description}, ${payload.paid ? 'paid' : 'open'}`)
      return { status: 200, body: { ok: true } }
    }),
  )
}
