import { type CallbackMessage, callback } from '@ringback/core'
import * as v from 'valibot'

const invoiceNotification = callback(
  'post',
  '{$request.query.callback_url}/invoices/{$request.body#/id}',
)
  .body(v.object({ description: v.string(), paid: v.boolean() }))
  .response(200, v.object({ ok: v.boolean() }))

/** What the tutorial's handler sends, for a request with this callback_url. */
export function message(
  callbackUrl: string | undefined,
  change: Partial<CallbackMessage> = {},
): CallbackMessage {
  const query = callbackUrl === undefined ? '' : `?callback_url=${encodeURIComponent(callbackUrl)}`
  return {
    name: 'invoiceNotification',
    callback: invoiceNotification['~definition'],
    operationId: 'postInvoices',
    owner: 'default',
    exchange: {
      request: {
        method: 'POST',
        url: `https://api.example.com/invoices${query}`,
        pathParams: {},
        headers: {},
        body: { id: '2expen51ve' },
      },
    },
    validated: ['query', 'body'],
    payload: { description: 'Payment celebration', paid: true },
    ...change,
  }
}
