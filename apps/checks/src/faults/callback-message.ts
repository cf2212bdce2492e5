import { type CallbackMessage, callback, route } from '@ringback/core'
import * as v from 'valibot'

const Event = v.object({ paid: v.boolean() })
const Received = v.object({ ok: v.boolean() })

/** The message of a handler that sends a callback to this URL; a 422 is final. */
export function messageTo(url: string, change: Partial<CallbackMessage> = {}): CallbackMessage {
  const event = callback('post', '{$request.query.url}')
    .body(Event)
    .response(200, Received)
    .response(422, undefined, { final: true })
  const operation = route('post', '/')
    .query(v.object({ url: v.optional(v.string()) }))
    .callback('event', event)
  const declared = operation['~definition'].callbacks.event
  if (declared === undefined) throw new Error('the operation has no callback')
  const query = encodeURIComponent(url)
  return {
    name: 'event',
    callback: declared,
    operationId: 'post',
    owner: 'default',
    exchange: {
      request: {
        method: 'POST',
        url: `https://api.example/?url=${query}`,
        pathParams: {},
        headers: {},
      },
    },
    validated: ['query'],
    payload: { paid: true },
    ...change,
  }
}
