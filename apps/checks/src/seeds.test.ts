import type { ApiRuntimeOptions } from '@ringback/core'
import { createSender, generateMasterKey, memoryStore } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { verify } from '@ringback/signing'
import type { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { everythingApi } from '../test/seeds/everything.ts'
import { itemsApi } from '../test/seeds/items.ts'
import { ordersApi } from '../test/seeds/orders.ts'
import { subscriptionsApi } from '../test/seeds/subscriptions.ts'
import { webhooksApi } from '../test/seeds/webhooks.ts'
import { officialErrors, redoclyErrors, spectralErrors } from './document-errors.ts'
import { openSink, type Sink } from './sink.ts'

let sink: Sink
let sender: ReturnType<typeof createSender>

beforeEach(async () => {
  sink = await openSink()
  sender = createSender({
    store: memoryStore(),
    secrets: [`whsec_${Buffer.alloc(32, 1).toString('base64')}`],
    masterKey: generateMasterKey(),
    credentials: { key: () => 'a key' },
    fetch: guardedFetch({ policy: { allowHttp: true, allow: ['127.0.0.1'] } }),
  })
})
afterEach(async () => {
  await sender.stop()
  await sink.close()
})

/** Sends a request to an API, sends its callbacks, and gives the response. */
async function request(
  api: (runtime: ApiRuntimeOptions) => Hono,
  path: string,
  init: RequestInit = {},
) {
  const response = await api({ sender }).request(path, {
    method: 'POST',
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  })
  await sender.sendDue()
  return response
}

const received = () => sink.received.map(({ method, url, body }) => [method, url, JSON.parse(body)])
const target = () => `callback_url=${encodeURIComponent(sink.url)}`

const BOTH = {
  paymentSuccess: { $ref: '#/components/callbacks/paymentSuccess' },
  shippingUpdate: { $ref: '#/components/callbacks/shippingUpdate' },
}

describe('an API whose operations all have its callbacks', () => {
  it('sends each to the URL of the request', async () => {
    const paid = await request(ordersApi, `/orders/o%201/pay?${target()}/shop`)
    const shipped = await request(ordersApi, `/orders/o%201/ship/?${target()}`)
    expect([paid.status, shipped.status]).toEqual([202, 202])
    expect(received()).toEqual([
      ['POST', '/shop/payments/success', { order_id: 'o 1', status: 'paid' }],
      ['POST', '/shipping/update', { order_id: 'o 1', status: 'shipped' }],
    ])
  })

  it('sends to the default URL for a request without one', async () => {
    await ordersApi({ sender }).request('/orders/1/pay', { method: 'POST' })
    expect(await sender.deliveries()).toMatchObject([
      { state: 'scheduled', url: 'https://callbacks.example.com/events/payments/success' },
    ])
  })

  it('documents both callbacks on both operations by reference, each with one id', async () => {
    const document = await (await ordersApi({}).request('/openapi.json')).json()
    expect(document).toMatchObject({
      paths: {
        '/orders/{order_id}/pay': { post: { callbacks: BOTH } },
        '/orders/{order_id}/ship': { post: { callbacks: BOTH } },
      },
      components: {
        callbacks: {
          paymentSuccess: {
            '{$request.query.callback_url}/payments/success': {
              post: { operationId: 'paymentSuccess' },
            },
          },
          shippingUpdate: {
            '{$request.query.callback_url}/shipping/update': {
              post: { operationId: 'shippingUpdate' },
            },
          },
        },
      },
    })
    expect(JSON.stringify(document)).toContain('{$request.query.callback_url}/payments/success')
    expect(JSON.stringify(document)).not.toContain('{$callback_url}')
  })
})

describe('a subscription that is confirmed', () => {
  const body = '{"email":"ada@example.com"}'

  it('is confirmed at a URL that contains the e-mail address', async () => {
    const response = await request(subscriptionsApi, `/subscriptions?${target()}`, {
      body,
      headers: { user_id: '7' },
    })
    expect(response.status).toBe(201)
    expect(received()).toEqual([
      ['POST', '/subscriptions/ada%40example.com', { user_id: '7', confirmed: true }],
    ])
  })

  it('requires its query and its header', async () => {
    const response = await request(subscriptionsApi, '/subscriptions', { body })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({
      errors: [
        { in: 'query', pointer: '/callback_url' },
        { in: 'header', pointer: '/user_id' },
      ],
    })
    expect(sink.received).toEqual([])
  })
})

describe('a group of webhooks', () => {
  it.each(['/webhooks', '/webhooks/'])('sends the event, from %s', async (path) => {
    const event = { kind: 'created', id: '1' }
    const response = await request(webhooksApi, `${path}?${target()}`, {
      body: JSON.stringify(event),
    })
    expect(response.status).toBe(202)
    expect(received()).toEqual([['POST', '/events', event]])
  })

  it('has its tag', async () => {
    const document = await (await webhooksApi({}).request('/openapi.json')).json()
    expect(document).toMatchObject({
      tags: [{ name: 'webhooks', description: 'What happened' }],
      paths: { '/webhooks': { post: { tags: ['webhooks'] } } },
    })
  })
})

describe('the guide to webhooks', () => {
  const post = async (path: string, body: object, tenant: string) => {
    const headers = { 'x-tenant': tenant, 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await itemsApi({ sender }).request(path, init)
    return { status: response.status, body: await response.json() }
  }

  it('sends an item that is created to every registered URL, in the background', async () => {
    const secrets = new Map<string, string>()
    for (const path of ['/one', '/two', '/three']) {
      const { status, body } = await post('/webhooks', { url: `${sink.url}${path}` }, 'acme')
      expect(status).toBe(201)
      secrets.set(path, body.secret)
    }
    await post('/webhooks', { url: `${sink.url}/deletions`, events: ['item.deleted'] }, 'acme')
    await post('/webhooks', { url: `${sink.url}/theirs` }, 'another')

    const all = new Promise<void>((resolve) => {
      const delivered = new Set<string>()
      sender.on(({ delivery }) => {
        if (delivery.state === 'delivered') delivered.add(delivery.id)
        if (delivered.size === 3) resolve()
      })
    })
    const item = { id: '7', name: 'Lamp', price: 12.5 }
    expect(await post('/items', item, 'acme')).toEqual({ status: 201, body: item })
    // it is stored when the response leaves, and sent later
    expect(sink.received).toEqual([])
    await sender.start()
    await all
    await sender.stop()

    expect(received().sort()).toEqual(
      ['/one', '/three', '/two'].map((path) => ['POST', path, item]),
    )
    for (const { url = '', headers, body } of sink.received) {
      const own = { headers: headers as Record<string, string>, body }
      const [other = ''] = [...secrets.values()].filter((secret) => secret !== secrets.get(url))
      await expect(verify({ ...own, secrets: [secrets.get(url) ?? ''] })).resolves.toBeUndefined()
      await expect(verify({ ...own, secrets: [other] })).rejects.toMatchObject({ code: 'no-match' })
    }
  })

  it('documents the webhooks, and the operations that register URLs', async () => {
    const document = await (await itemsApi({ sender }).request('/openapi.json')).json()
    expect(Object.keys(document.webhooks)).toEqual(['item.created', 'item.deleted'])
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/items', '/webhooks', '/webhooks/{id}/rotate']),
    )
    expect(document.components.schemas.NewWebhookEndpoint.properties.events.items.enum).toEqual([
      '*',
      'item.*',
      'item.created',
      'item.deleted',
    ])
  })
})

describe('an API with one of everything', () => {
  it('is served', async () => {
    const headers = { authorization: 'Bearer right', 'x-key': 'k' }
    const get = (path: string) => request(everythingApi, path, { method: 'GET', headers })
    const read = await get('/tenants/t/orders/7?fields=a,b&since=2026-01-01')
    expect([read.status, read.headers.get('etag'), await read.json()]).toEqual([
      200,
      '"1"',
      { id: '7', total: 1 },
    ])
    expect((await get('/tenants/t/orders/0')).status).toBe(404)
    expect((await get('/tenants/t/orders/x')).status).toBe(422)
    expect(await (await get('/tenants/t/orders')).text()).toContain('event: order')
    expect((await get('/health')).status).toBe(200)

    const put = (init: RequestInit) =>
      request(everythingApi, `/tenants/t/orders/7?${target()}`, { method: 'PUT', ...init })
    expect((await put({})).status).toBe(401)
    const both = { 'x-key': 'k', authorization: 'Bearer orders.write' }
    const changed = await put({ headers: both, body: '{"id":"7","total":2}' })
    expect([changed.status, await changed.json()]).toEqual([200, { id: '7', total: 2 }])
    expect(received()).toEqual([['POST', '/changed', { id: '7', total: 2 }]])
    const csv = await put({ headers: { ...both, 'content-type': 'text/csv' }, body: 'a,b' })
    expect([csv.headers.get('content-type'), await csv.text()]).toEqual(['text/csv', 'a,b'])
  })
})

describe('the documents', { timeout: 60_000 }, () => {
  const apis = { ordersApi, subscriptionsApi, webhooksApi, everythingApi, itemsApi }
  const judges = { officialErrors, redoclyErrors, spectralErrors }
  const pairs = Object.entries(apis).flatMap(([name, api]) =>
    Object.entries(judges).map(([judge, errorsOf]) => [name, judge, api, errorsOf] as const),
  )

  // Spectral does not know 3.2
  it.each(Object.entries({ officialErrors, redoclyErrors }))(
    'of 3.2 have no error by %s',
    async (_, errorsOf) => {
      const app = everythingApi({ sender, openapi: '3.2' })
      const text = await (await app.request('/openapi.json')).text()
      expect(JSON.parse(text).openapi).toBe('3.2.0')
      expect(await errorsOf(text)).toEqual([])
      const broken = text
        .replace('"itemSchema"', '"itemSchemas"')
        .replace('"in":"path"', '"in":"paths"')
      expect(await errorsOf(broken)).not.toEqual([])
    },
  )

  it.each(pairs)('of %s have no error by %s', async (_, __, api, errorsOf) => {
    const text = await (await api({ sender }).request('/openapi.json')).text()
    expect(await errorsOf(text)).toEqual([])
  })
})
