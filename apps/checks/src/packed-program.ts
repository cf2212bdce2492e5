// A program for Node that follows the tutorial: an API, and the external API that receives its callbacks.
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { callback, createApi, route } from '@ringback/core'
import { receive } from '@ringback/receiver'
import { reference } from '@ringback/reference'
import { createSender, type DeliveryRecord, memoryStore } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '@ringback/store-sqlite'
import { Hono } from 'hono'
import * as v from 'valibot'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const invoiceNotification = callback(
  'post',
  '{$request.query.callback_url}/invoices/{$request.body#/id}',
)
  .body(v.object({ description: v.string(), paid: v.boolean() }))
  .response(200, v.object({ ok: v.boolean() }))

const createInvoice = route('post', '/invoices')
  .query(v.object({ callback_url: v.optional(v.pipe(v.string(), v.url())) }))
  .body(v.object({ id: v.string() }))
  .response(200, v.object({ msg: v.string() }))
  .callback('invoiceNotification', invoiceNotification)
  .handle(async (c, { callbacks }) => {
    await callbacks.invoiceNotification.send({ description: 'Payment celebration', paid: true })
    return c.json({ msg: 'Invoice received' }, 200)
  })

const received: unknown[] = []
const external = new Hono().post(
  '/events/invoices/:id',
  receive(invoiceNotification, { secrets: [secret] }).handle(({ payload, request }) => {
    received.push({ path: new URL(request.url).pathname, payload })
    return { status: 200, body: { ok: true } }
  }),
)
const server = serve({ fetch: external.fetch, port: 0, hostname: '127.0.0.1' }) as Server
await once(server, 'listening')
const { port } = server.address() as AddressInfo

const file = `callbacks-${process.version}.db`
for (const store of [memoryStore(), sqliteStore(file)]) {
  const transport = guardedFetch({ policy: { allowHttp: true, allow: ['127.0.0.1'] } })
  const sender = createSender({ store, secrets: [secret], fetch: transport })
  const app = createApi(
    {
      info: { title: 'Invoices', version: '1.0.0' },
      sender,
      document: '/openapi.json',
      reference: reference('/reference'),
    },
    [createInvoice],
  )

  const query = new URLSearchParams({ callback_url: `http://127.0.0.1:${port}/events` })
  const answer = await app.request(`/invoices?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: '2expen51ve' }),
  })
  await sender.sendDue()
  const [delivery]: readonly DeliveryRecord[] = await sender.deliveries()
  const document = await app.request('/openapi.json')
  const page = await (await app.request('/reference')).text()
  const [, src = ''] = /<script src="\.(.+?)"/.exec(page) ?? []
  const script = await app.request(src)
  console.log(
    JSON.stringify({
      answer: await answer.json(),
      state: delivery?.state,
      openapi: (await document.json()).openapi,
      script: script.headers.get('content-type'),
    }),
  )
  await transport.close()
}

console.log(JSON.stringify(received))
server.close()
