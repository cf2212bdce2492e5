import { type AnyCallback, callback, createApi, route, webhook } from '@ringback/core'
import { createSender, memoryStore, type Sender, type SenderOptions } from '@ringback/sender'
import * as v from 'valibot'

export const SECRETS = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']

export const paid = callback('post', '{$request.body#/callbackUrl}')
  .body(v.object({ amount: v.number(), at: v.optional(v.string()) }))
  .response(204)
/** One without a payload. */
export const noted = callback('post', '{$request.body#/callbackUrl}/noted').response(204)
export const grown = webhook('post', 'grown')
  .body(v.object({ size: v.number() }))
  .response(204)
export const never: AnyCallback = callback('put', '{$request.body#/other}').response(204)

const createOrder = route('post', '/orders')
  .body(v.object({ callbackUrl: v.string(), amount: v.number() }))
  .response(202)
  .callback('paid', paid)
  .callback('noted', noted)
  .handle(async (c, { callbacks }) => {
    await callbacks.paid.send({ amount: c.req.valid('json').amount })
    await callbacks.noted.send()
    return c.body(null, 202)
  })

/** Makes a sender whose deliveries stay in memory. */
export const senderOf = (options: Partial<SenderOptions> = {}): Sender =>
  createSender({ store: memoryStore(), secrets: SECRETS, log: false, ...options })

/** Makes the API of orders, whose one operation sends two callbacks. */
export const apiOf = (sender: Sender) =>
  createApi({ info: { title: 'Orders', version: '1' }, sender }, [createOrder])

/** Orders something, whose callbacks go to a URL. */
export async function order(
  app: Pick<ReturnType<typeof apiOf>, 'request'>,
  amount: number,
  callbackUrl = 'https://receiver.example/paid',
) {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ callbackUrl, amount })
  return app.request('/orders', { method: 'POST', headers, body })
}
