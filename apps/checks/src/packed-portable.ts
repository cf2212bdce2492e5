// A program for any runtime that uses the portable packages; it is compiled without the types of Node.
import { callback, createApi, route } from '@ringback/core'
import { parseTemplate, resolveUrl } from '@ringback/expression'
import { receive } from '@ringback/receiver'
import { createSender, memoryStore } from '@ringback/sender'
import { sign, verify } from '@ringback/signing'
import { hc } from 'hono/client'
import * as v from 'valibot'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const Paid = v.object({ paid: v.boolean() })
const paid = callback('post', '{$request.body#/callbackUrl}').body(Paid).response(204)

const createOrder = route('post', '/orders')
  .body(v.object({ callbackUrl: v.string() }))
  .response(202, v.object({ msg: v.string() }))
  .callback('paid', paid)
  .handle(async (c, { callbacks }) => {
    const url: string = c.req.valid('json').callbackUrl
    if (url === 'never') {
      // @ts-expect-error - `paid` is a boolean
      await callbacks.paid.send({ paid: 1 })
      // @ts-expect-error - 'refunded' was never declared
      callbacks.refunded
    }
    await callbacks.paid.send({ paid: true })
    return c.json({ msg: 'received' }, 202)
  })

const received: boolean[] = []
const receiver = receive(paid, { secrets: [secret] }).handle(({ payload }) => {
  received.push(payload.paid)
  return { status: 204 }
})

const sender = createSender({
  store: memoryStore(),
  secrets: [secret],
  egress: 'platform',
  fetch: (input, init) => receiver.fetch(new Request(input, init)),
})
const app = createApi({ info: { title: 'Orders', version: '1.0.0' }, sender }, [createOrder])
const client = hc<typeof app>('http://orders.test', { fetch: app.request })

const answer = await client.orders.$post({ json: { callbackUrl: 'https://receiver.example/paid' } })
const { msg }: { msg: string } = await answer.json()
const { sent } = await sender.sendDue()

const headers = await sign({ id: 'msg_1', timestamp: 1, body: '{}', secrets: [secret] })
await verify({ headers, body: '{}', secrets: [secret], now: 1 })
const url = resolveUrl(parseTemplate('{$request.query.to}'), {
  request: {
    method: 'POST',
    url: 'https://a.example/?to=https://b.example/',
    pathParams: {},
    headers: {},
  },
})

console.log(JSON.stringify({ msg, sent, received, url: url.ok && url.url }))
