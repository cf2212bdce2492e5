import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { sign, verify } from '@ringback/signing'
import { hc } from 'hono/client'
import type { app } from 'invoices/src/invoices.ts'
import { afterAll, beforeAll, describe, it, type TestContext } from 'vitest'
import type { Child } from './child.ts'
import { eventually } from './eventually.ts'
import { type InvoicesExample, invoicesExample } from './invoices-example.ts'

const INVOICE = { id: '2expen51ve', customer: 'Mr. Richie Rich', total: '9999' }
const EVENT = { description: 'Payment celebration', paid: true }
const JSON_TYPE = { 'content-type': 'application/json' }
const TIMEOUT = 60_000

// both processes, shared by tests with different invoices
let running: InvoicesExample
let child: Child

beforeAll(async () => {
  running = await invoicesExample()
  child = await running.start()
}, TIMEOUT)
afterAll(() => running.end())

describe.concurrent('npm start', { timeout: TIMEOUT }, () => {
  it('sends one signed callback for an invoice', async ({ expect, onTestFinished }) => {
    const example = await prepareExample(onTestFinished)
    const child = await example.start()
    await child.line(/^The external developer's API is ready: /)
    const before = Math.floor(Date.now() / 1000)

    const response = await postInvoice(example, { callbackUrl: `${example.external}/events` })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('{"msg":"Invoice received"}')

    await child.line(/^\[api\] callback invoiceNotification .*: delivered$/)
    const received = await example.received()
    expect(received).toEqual([
      {
        url: `${example.external}/events/invoices/2expen51ve`,
        headers: expect.any(Object),
        body: EVENT,
        verified: true,
      },
    ])

    const headers = received[0]?.headers ?? {}
    const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '' } = headers
    const secrets = [example.secret]
    // fails unless the body was sent with the same bytes
    const body = JSON.stringify(received[0]?.body)
    await verify({ headers, body, secrets })

    expect(id).toMatch(/^msg_[0-9a-f]{32}$/)
    expect(Number(timestamp)).toBeGreaterThanOrEqual(before)
    expect(Number(timestamp)).toBeLessThanOrEqual(Date.now() / 1000)
    expect(headers).toMatchObject({
      ...(await sign({ id, timestamp: Number(timestamp), body, secrets })),
      'idempotency-key': id,
      'content-type': 'application/json',
      'content-length': '49',
      'user-agent': 'Ringback',
    })
    expect(await example.deliveries()).toMatchObject([
      { id, method: 'post', state: 'delivered', attemptCount: 1 },
    ])
  })

  it('shows what was sent on the console, to this machine only', async ({ expect }) => {
    const page = await fetch(`${running.api}/console`)
    expect(await page.text()).toContain('<h1>Overview</h1>')
    const { port } = new URL(running.api)
    // a site that gives its own name the address of this machine
    const socket = connect(Number(port), '127.0.0.1')
    socket.end('GET /console HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')
    const [head] = await once(socket, 'data')
    expect(String(head)).toMatch(/^HTTP\/1.1 403/)
    socket.destroy()
  })

  it('responds to the typed client', async ({ expect }) => {
    const client = hc<typeof app>(running.api)
    const json = { ...INVOICE, id: 'typed' }

    const created = await client.invoices.$post({ query: {}, json })
    expect(await created.json()).toEqual({ msg: 'Invoice received' })

    const found = await client.invoices[':id'].$get({ param: { id: 'typed' } })
    expect(found.status).toBe(200)
    expect(await found.json()).toEqual({ ...json, total: 9999 })

    const missing = await client.invoices[':id'].$get({ param: { id: 'unknown' } })
    expect(missing.status).toBe(404)
    expect(await missing.json()).toEqual({ detail: 'there is no invoice with this id' })
  })

  it('sends nothing when the request has no callback_url', async ({ expect }) => {
    const response = await postInvoice(running, { id: 'without' })

    expect(response.status).toBe(200)
    await child.line(/^\[api\] callback invoiceNotification: skipped \(/)
    expect(await receivedFor(running, 'without')).toEqual([])
  })

  it.for([
    ['javascript:alert(1)', /: unresolvable \(.*(neither http nor https|no http or https)/],
    ['http://user:hunter2@127.0.0.1/', /: unresolvable \(.*user name or password/],
    ['http://10.0.0.1/', / to http:\/\/10\.0\.0\.1\/.*: dead \(the scheme is http/],
  ] as const)(
    'sends nothing to %s, and logs the reason',
    async ([callbackUrl, line], { expect }) => {
      const response = await postInvoice(running, { id: 'refused', callbackUrl })

      expect(response.status).toBe(200)
      expect(await child.line(line)).toMatch(/^\[api\] callback invoiceNotification/)
      expect(child.lines.join('\n')).not.toContain('hunter2')
      expect(await receivedFor(running, 'refused')).toEqual([])
    },
  )

  it('makes no attempt at a private address', async ({ expect }) => {
    const url = 'http://10.0.0.1/never-connected'
    await postInvoice(running, { callbackUrl: url })

    const deliveries = await running.deliveries()
    expect(deliveries.filter((delivery) => delivery.url?.startsWith(url))).toMatchObject([
      { state: 'dead', reason: 'blocked', attemptCount: 0, attempts: [] },
    ])
  })

  it('reports where a request breaks its schema, without its values', async ({ expect }) => {
    const response = await postInvoice(running, { total: 'lots' })
    const text = await response.text()

    expect(response.status).toBe(422)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(JSON.parse(text)).toMatchObject({
      status: 422,
      errors: [{ in: 'body', pointer: '/total' }],
    })
    expect(text).not.toContain('lots')
  })

  it.for([
    ['malformed JSON', 400, { headers: JSON_TYPE, body: '{"id":' }],
    ['text', 415, { headers: { 'content-type': 'text/plain' }, body: JSON.stringify(INVOICE) }],
    ['a body over 1 MiB', 413, { headers: JSON_TYPE, body: bodyOf(2 ** 20 + 1) }],
    ['a chunked body over 1 MiB', 413, { headers: JSON_TYPE, body: chunked(bodyOf(2 ** 20 + 1)) }],
    ['a body of 1 MiB', 200, { headers: JSON_TYPE, body: bodyOf(2 ** 20) }],
  ] as const)('responds to %s with %i', async ([, status, init], { expect }) => {
    // a stream is sent in chunks, without a length
    const request = { method: 'POST', duplex: 'half', ...init }
    const response = await fetch(`${running.api}/invoices`, request)

    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toMatch(/^application\/(problem\+)?json$/)
  })

  it.for([
    ['SIGINT', 'signal'],
    ['SIGTERM', 'signal'],
    ['SIGINT', 'signalGroup'],
  ] as const)(
    'ends both processes on %s by %s',
    async ([signal, by], { expect, onTestFinished }) => {
      const example = await prepareExample(onTestFinished)
      const child = await example.start()

      child[by](signal)

      expect(await child.exit()).toEqual({ code: 0, signal: null })
      expect(child.signalGroup(0)).toBe(false)
    },
  )

  it('ends while a client holds connections open', async ({ expect, onTestFinished }) => {
    const example = await prepareExample(onTestFinished)
    const child = await example.start()
    // as a browser that opens connections in advance
    for (const url of [example.api, example.external]) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      onTestFinished(() => void socket.destroy())
      await once(socket, 'connect')
    }

    child.signal('SIGINT')

    expect(await child.exit()).toEqual({ code: 0, signal: null })
  })

  it('leaves no process behind when it is killed', async ({ expect, onTestFinished }) => {
    const example = await prepareExample(onTestFinished)
    const child = await example.start()

    child.signal('SIGKILL')

    expect(await child.exit()).toEqual({ code: null, signal: 'SIGKILL' })
    for (const url of [example.api, example.external]) {
      await eventually(`nobody listens at ${url}`, () =>
        fetch(url).then(
          () => undefined,
          () => true,
        ),
      )
    }
  })

  it.for([
    ['PORT', 'api'],
    ['EXTERNAL_PORT', 'external'],
  ] as const)(
    'reports that %s is in use, and ends',
    async ([variable, name], { expect, onTestFinished }) => {
      const example = await prepareExample(onTestFinished)
      const port = Number(new URL(example[name]).port)
      const occupier = createServer().listen(port, '127.0.0.1')
      await once(occupier, 'listening')

      const child = example.launch()

      expect(await child.line(/is in use/)).toBe(
        `[${name}] port ${port} is in use: stop the server that listens there, or set ${variable} to another port`,
      )
      expect(await child.exit()).toEqual({ code: 1, signal: null })
      expect(child.signalGroup(0)).toBe(false)
      occupier.close()
    },
  )

  it.for([
    ['SIGTERM', { code: 0, signal: null }],
    ['SIGKILL', { code: null, signal: 'SIGKILL' }],
  ] as const)(
    'keeps a callback during an outage and after %s',
    async ([signal, exit], { expect, onTestFinished }) => {
      const example = await prepareExample(onTestFinished)
      const first = await example.startApi()
      const response = await postInvoice(example, { callbackUrl: `${example.external}/events` })
      expect(response.status).toBe(200)
      expect(await first.line(/attempt 1 failed/)).toMatch(
        /^callback invoiceNotification to .*: attempt 1 failed \(no response: ECONNREFUSED\), next in [56] s$/,
      )
      first.signal(signal)
      expect(await first.exit()).toEqual(exit)
      const [waiting] = await example.deliveries()
      expect(waiting).toMatchObject({ state: 'scheduled', attemptCount: 1 })

      await example.startExternal()
      const second = await example.startApi()
      await second.line(/^callback invoiceNotification to .*: delivered$/)

      expect(await example.received()).toMatchObject([
        {
          url: `${example.external}/events/invoices/2expen51ve`,
          headers: { 'webhook-id': waiting?.id },
          body: EVENT,
          verified: true,
        },
      ])
      expect(await example.deliveries()).toMatchObject([
        { id: waiting?.id, state: 'delivered', attemptCount: 2 },
      ])
      second.signal('SIGTERM')
      expect(await second.exit()).toEqual({ code: 0, signal: null })
    },
  )
})

/** Prepares an example for one test; nothing is started. */
async function prepareExample(
  onTestFinished: TestContext['onTestFinished'],
): Promise<InvoicesExample> {
  const example = await invoicesExample()
  onTestFinished(() => example.end())
  return example
}

interface Posted {
  readonly callbackUrl?: string
  readonly id?: string
  readonly total?: string
}

function postInvoice(example: InvoicesExample, posted: Posted): Promise<Response> {
  const { callbackUrl, id = INVOICE.id, total = INVOICE.total } = posted
  const query = callbackUrl === undefined ? '' : `?callback_url=${encodeURIComponent(callbackUrl)}`
  return fetch(`${example.api}/invoices/${query}`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ ...INVOICE, id, total }),
  })
}

async function receivedFor(example: InvoicesExample, id: string) {
  return (await example.received()).filter(({ url }) => url.endsWith(`/invoices/${id}`))
}

/** The JSON of an invoice, of exactly so many bytes. */
function bodyOf(bytes: number): string {
  const invoice = { ...INVOICE, title: '' }
  const title = 'x'.repeat(bytes - JSON.stringify(invoice).length)
  return JSON.stringify({ ...invoice, title })
}

function chunked(text: string): ReadableStream<Uint8Array> {
  return new Blob([text]).stream()
}
