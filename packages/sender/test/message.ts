import {
  type AnyCallback,
  type CallbackMessage,
  callback,
  type OperationCallback,
  route,
} from '@ringback/core'
import * as v from 'valibot'

const invoiceNotification = callback(
  'post',
  '{$request.query.callback_url}/invoices/{$request.body#/id}',
)
  .body(v.object({ description: v.string(), paid: v.boolean() }))
  .response(200, v.object({ ok: v.boolean() }))

const createInvoice = route('post', '/invoices')
  .query(v.object({ callback_url: v.optional(v.string()) }))
  .body(v.object({ id: v.string() }))
  .callback('invoiceNotification', invoiceNotification)

/** Makes a callback of an operation that declares nothing else. */
export function operationCallback(callback: AnyCallback): OperationCallback {
  return ofOperation(route('post', '/').callback<string, AnyCallback, never>('it', callback), 'it')
}

function ofOperation(
  builder: { readonly '~definition': { readonly callbacks: Record<string, OperationCallback> } },
  name: string,
): OperationCallback {
  const found = builder['~definition'].callbacks[name]
  if (found === undefined) throw new Error(`there is no callback ${name}`)
  return found
}

/** Makes the message that the tutorial's handler sends, for a request with this callback_url. */
export function message(
  callbackUrl: string | undefined,
  change: Partial<CallbackMessage> = {},
): CallbackMessage {
  const query = callbackUrl === undefined ? '' : `?callback_url=${encodeURIComponent(callbackUrl)}`
  return {
    name: 'invoiceNotification',
    callback: ofOperation(createInvoice, 'invoiceNotification'),
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
