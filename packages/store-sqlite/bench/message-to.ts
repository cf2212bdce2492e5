import { type CallbackMessage, callback, route } from '@ringback/core'
import * as v from 'valibot'

const paid = callback('post', '{$request.query.url}').body(v.object({ text: v.string() }))
const operation = route('post', '/orders')
  .query(v.object({ url: v.string() }))
  .callback('paid', paid)
const declared = operation['~definition'].callbacks.paid

/** The bytes of every payload: the first argument of the program, 200 by default. */
export const PAYLOAD_BYTES = Number(process.argv[2] ?? 200)

/** The payload of every contender. */
export const PAYLOAD = { text: 'x'.repeat(PAYLOAD_BYTES - '{"text":""}'.length) }

/** What a handler sends to this URL. */
export function messageTo(url: string, owner = 'default'): CallbackMessage {
  if (declared === undefined) throw new Error('there is no callback')
  const query = encodeURIComponent(url)
  return {
    name: 'paid',
    callback: declared,
    operationId: 'postOrders',
    owner,
    exchange: {
      request: {
        method: 'POST',
        url: `https://a.example/?url=${query}`,
        pathParams: {},
        headers: {},
      },
    },
    validated: ['query'],
    payload: PAYLOAD,
  }
}
