// Receivers of callbacks and webhooks, and what they are made with.
import { receive } from '@ringback/receiver'
import { Hono } from 'hono'
import { orderShipped, paid } from './operations.ts'

export const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
export const unfinishedReceiver = receive(paid, { secrets })
export const receivePaid = unfinishedReceiver.handle(({ payload }) => ({
  status: 200,
  body: { ok: payload.paid },
}))
export const receiveShipped = receive(orderShipped, { secrets }).handle(() => ({ status: 204 }))
export const external = new Hono().post('/paid', receivePaid).post('/shipped', receiveShipped)
export const makeReceiver = (...own: string[]) => receive(paid, { secrets: own })
