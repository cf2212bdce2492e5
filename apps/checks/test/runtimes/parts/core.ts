// Operations, their validation and problems, the document, and Hono's client.
import { callback, createApi, route } from '@ringback/core'
import { receive } from '@ringback/receiver'
import { createSender, memoryStore } from '@ringback/sender'
import { hc } from 'hono/client'
import * as v from 'valibot'
import type { RuntimeCase } from './runtime-case.ts'

const SECRETS = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
const Invoice = v.object({
  id: v.string(),
  customer: v.string(),
  total: v.union([v.number(), v.pipe(v.string(), v.decimal(), v.toNumber())]),
})

const invoiceNotification = callback(
  'post',
  '{$request.query.callback_url}/invoices/{$request.body#/id}',
)
  .body(v.object({ description: v.string(), paid: v.boolean() }))
  .response(200, v.object({ ok: v.boolean() }))

const createInvoice = route('post', '/invoices')
  .query(v.object({ callback_url: v.optional(v.pipe(v.string(), v.url())) }))
  .body(Invoice)
  .response(200, v.object({ msg: v.string(), total: v.number() }))
  .callback('invoiceNotification', invoiceNotification)
  .handle(async (c, { callbacks }) => {
    const { total } = c.req.valid('json')
    await callbacks.invoiceNotification.send({ description: 'Payment celebration', paid: true })
    return c.json({ msg: 'Invoice received', total }, 200)
  })

const readInvoice = route('get', '/invoices/:id')
  .query(v.object({ page: v.optional(v.pipe(v.string(), v.toNumber()), '1') }))
  .response(200, v.object({ id: v.string(), page: v.number() }))
  .response(404, v.object({ detail: v.string() }))
  .handle((c) => {
    const id = c.req.param('id')
    if (id === 'none') return c.json({ detail: 'there is no such invoice' }, 404)
    return c.json({ id, page: c.req.valid('query').page }, 200)
  })

const uploadLogo = route('put', '/logo')
  .bodyAs('multipart/form-data', v.object({ name: v.string(), logo: v.file() }))
  .response(200, v.object({ name: v.string(), bytes: v.number(), text: v.string() }))
  .handle(async (c) => {
    const { name, logo } = c.req.valid('form')
    return c.json({ name, bytes: logo.size, text: await logo.text() }, 200)
  })

const received: unknown[] = []
const receiver = receive(invoiceNotification, { secrets: SECRETS }).handle(({ payload }) => {
  received.push(payload)
  return { status: 200, body: { ok: true } }
})

/** Makes the API, whose sender requests the receiver; a Worker makes no sender before its first request. */
function create() {
  const sender = createSender({
    store: memoryStore({ volatile: true }),
    secrets: SECRETS,
    egress: 'platform',
    fetch: (input, init) => receiver.fetch(new Request(input, init)),
  })
  const app = createApi(
    { info: { title: 'Invoices', version: '1.0.0' }, sender, document: '/openapi.json' },
    [createInvoice, readInvoice, uploadLogo],
  )
  return { app, sender }
}

const CREATE = '/invoices?callback_url=https://receiver.example/events'
const JSON_TYPE = { 'content-type': 'application/json' }

async function ask(path: string, init?: RequestInit) {
  const response = await create().app.request(path, init)
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  return { status: response.status, type, body: type.includes('json') ? JSON.parse(text) : text }
}

/** A problem response. */
function problem(status: number, title: string, more: object) {
  const body = { type: 'about:blank', title, status, ...more }
  return { status, type: 'application/problem+json', body }
}
const json = (status: number, body: unknown) => ({ status, type: 'application/json', body })
const UNPARSED = problem(400, 'Bad Request', { detail: 'the body is not valid JSON' })
const invalid = (...errors: object[]) =>
  problem(422, 'Unprocessable Content', { detail: 'the request is not valid', errors })

const post = (body: BodyInit, headers: Record<string, string> = JSON_TYPE) =>
  ask(CREATE, { method: 'POST', headers, body })

export const cases: readonly RuntimeCase[] = [
  {
    name: 'the tutorial: the callback arrives, verified and validated',
    async run() {
      const { app, sender } = create()
      const body = '{"id":"2expen51ve","customer":"Mr. Richie Rich","total":"9999"}'
      const response = await app.request(CREATE, { method: 'POST', headers: JSON_TYPE, body })
      received.splice(0)
      const { sent } = await sender.sendDue()
      const [delivery] = await sender.deliveries()
      const { state, url } = delivery ?? {}
      return { response: await response.json(), sent, received: [...received], state, url }
    },
    expected: {
      response: { msg: 'Invoice received', total: 9999 },
      sent: 1,
      received: [{ description: 'Payment celebration', paid: true }],
      state: 'delivered',
      url: 'https://receiver.example/events/invoices/2expen51ve',
    },
  },
  {
    name: 'a body that breaks its schema',
    run: () => post('{"id":1,"customer":"x","total":"many"}'),
    expected: invalid(
      { in: 'body', pointer: '/id', detail: 'Invalid type: Expected string' },
      { in: 'body', pointer: '/total', detail: 'Invalid type: Expected (number | string)' },
    ),
  },
  { name: 'JSON that ends too early', run: () => post('{"id":'), expected: UNPARSED },
  {
    name: 'UTF-8 that is none',
    run: () => post(new Uint8Array([0x22, 0xff, 0x22])),
    expected: UNPARSED,
  },
  {
    name: 'another media type',
    run: () => post('id=1', { 'content-type': 'text/csv' }),
    expected: problem(415, 'Unsupported Media Type', {
      detail: "send the body as JSON, with 'content-type: application/json'",
    }),
  },
  {
    name: 'a query that breaks its schema',
    run: () => ask('/invoices/7?page=x'),
    expected: invalid({ in: 'query', pointer: '/page', detail: 'Invalid number' }),
  },
  {
    name: 'a query that is converted',
    run: () => ask('/invoices/7?page=2'),
    expected: json(200, { id: '7', page: 2 }),
  },
  {
    name: 'a declared response',
    run: () => ask('/invoices/none'),
    expected: json(404, { detail: 'there is no such invoice' }),
  },
  {
    name: 'a form with a file',
    run() {
      const body = new FormData()
      body.append('name', 'Zürich')
      body.append('logo', new File(['<svg/>'], 'logo.svg', { type: 'image/svg+xml' }))
      return ask('/logo', { method: 'PUT', body })
    },
    expected: json(200, { name: 'Zürich', bytes: 6, text: '<svg/>' }),
  },
  {
    name: 'the document',
    async run() {
      const { body } = await ask('/openapi.json')
      const { openapi, info, paths } = body
      const { invoiceNotification: keys } = paths['/invoices'].post.callbacks
      return { openapi, info, paths: Object.keys(paths), keys: Object.keys(keys) }
    },
    expected: {
      openapi: '3.1.1',
      info: { title: 'Invoices', version: '1.0.0' },
      paths: ['/invoices', '/invoices/{id}', '/logo'],
      keys: ['{$request.query.callback_url}/invoices/{$request.body#/id}'],
    },
  },
  {
    name: 'the document again, by its entity tag',
    async run() {
      const { app } = create()
      const first = await app.request('/openapi.json')
      const etag = first.headers.get('etag') ?? ''
      const again = await app.request('/openapi.json', { headers: { 'if-none-match': etag } })
      return { isHash: /^"[0-9a-f]{32}"$/.test(etag), status: again.status }
    },
    expected: { isHash: true, status: 304 },
  },
  {
    name: 'the client of Hono',
    async run() {
      const { app } = create()
      const client = hc<typeof app>('http://invoices.example', { fetch: app.request })
      const json = { id: '1', customer: 'Ann', total: 12 }
      const query = { callback_url: 'https://receiver.example/events' }
      const created = await client.invoices.$post({ query, json })
      const read = await client.invoices[':id'].$get({ param: { id: 'a b' }, query: {} })
      return [await created.json(), await read.json()]
    },
    expected: [
      { msg: 'Invoice received', total: 12 },
      { id: 'a b', page: 1 },
    ],
  },
]
