// Headers, query and media types of callbacks: declared, sent and received through real servers.
import { callback, createApi, route } from '@ringback/core'
import { document } from '@ringback/core/document'
import { receive } from '@ringback/receiver'
import { createSender, memoryStore } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { Hono } from 'hono'
import { listen } from 'invoices/src/listen.ts'
import * as v from 'valibot'
import { describe, expect, it, onTestFinished } from 'vitest'

const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
const info = { title: 'Orders', version: '1.0.0' }
const TEXT = 'a,"€"\r\n'
const BYTES = new Uint8Array([0, 255, 128, 10, 13])
const FORM = { amount: 12.5, tags: ['a b', 'c&d=e', 'ü,+'], at: new Date(1_700_000_000_123) }

const shipped = callback('post', '{$request.query.url}/shipped?token=1')
  .headers(
    v.object({
      'X-Tenant': v.string(),
      'x-codes': v.array(v.number()),
      'x-kinds': v.optional(v.array(v.string())),
      'x-region': v.optional(v.string(), 'eu'),
    }),
  )
  .query(v.object({ ids: v.array(v.string()), page: v.optional(v.number()), dry: v.boolean() }))
  .body(v.object({ parcels: v.number() }))
  .response(200, v.object({ seen: v.unknown() }))
const form = callback('post', '{$request.query.url}/form?token=1')
  .bodyAs(
    'application/x-www-form-urlencoded',
    v.object({ amount: v.number(), tags: v.array(v.string()), at: v.date() }),
  )
  .response(204)
const csv = callback('put', '{$request.query.url}/csv?token=1')
  .bodyAs('text/csv', v.string())
  .response(204)
const image = callback('post', '{$request.query.url}/image?token=1')
  .bodyAs('image/png', v.instance(Uint8Array))
  .response(204)
const merge = callback('patch', '{$request.query.url}/merge?token=1')
  .bodyAs('application/merge-patch+json; v=1', v.object({ a: v.nullable(v.number()) }))
  .response(204)
const poll = callback('get', '{$request.query.url}/poll?token=1')
  .query(v.object({ since: v.date() }))
  .response(204)

const operation = route('post', '/orders')
  .query(v.object({ url: v.string() }))
  .response(200, v.object({ url: v.unknown(), called: v.unknown() }))
  .callback('shipped', shipped)
  .callback('form', form)
  .callback('csv', csv)
  .callback('image', image)
  .callback('merge', merge)
  .callback('poll', poll)

interface Written {
  readonly in?: string
  readonly name?: string
  readonly required?: boolean
}

const PARTS = {
  headers: { 'X-Tenant': 'ann/7 é', 'x-codes': [1, 2.5], 'x-kinds': ['a', 'b'] },
  query: { ids: ['a b', 'ü&,+'], dry: false },
}

async function setUp() {
  const requests: { method: string; url: string; headers: Record<string, string> }[] = []
  const received: unknown[] = []
  const take = (value: unknown) => {
    received.push(value)
    return { status: 204 } as const
  }
  const options = { secrets }
  const external = new Hono()
    .use(async (c, next) => {
      const { pathname, search } = new URL(c.req.url)
      requests.push({ method: c.req.method, url: pathname + search, headers: c.req.header() })
      await next()
    })
    .post(
      '/shipped',
      receive(shipped, options).handle(({ payload, headers, query }) => ({
        status: 200,
        body: { seen: { payload, headers, query } },
      })),
    )
    .post(
      '/form',
      receive(form, options).handle(({ payload }) => take(payload)),
    )
    .put(
      '/csv',
      receive(csv, options).handle(({ payload }) => take(payload)),
    )
    .post(
      '/image',
      receive(image, options).handle(({ payload }) => take([...payload])),
    )
    .patch(
      '/merge',
      receive(merge, options).handle(({ payload }) => take(payload)),
    )
    .get(
      '/poll',
      receive(poll, options).handle(({ query }) => take(query.since)),
    )
  const server = await listen(external, 0, 'PORT')
  const transport = guardedFetch({ policy: { allowHttp: true, allow: ['127.0.0.1'] } })
  const sender = createSender({ store: memoryStore(), secrets, fetch: transport, schedule: [0] })
  const handled = operation.handle(async (c, { callbacks, exchange }) => {
    await exchange.keep('a')
    const prepared = await callbacks.shipped.prepare({ parcels: 2 }, { ...PARTS, delay: 0 })
    const called = await callbacks.shipped.call({ parcels: 2 }, PARTS)
    for (const send of [
      () => callbacks.form.send(FORM),
      () => callbacks.csv.send(TEXT),
      () => callbacks.image.send(BYTES),
      () => callbacks.merge.send({ a: null }),
      () => callbacks.poll.send({ query: { since: FORM.at } }),
    ]) {
      await send()
      await sender.sendDue()
    }
    return c.json({ url: prepared.delivery.url, called }, 200)
  })
  const api = await listen(createApi({ info, sender }, [handled]), 0, 'PORT')
  onTestFinished(async () => {
    await Promise.all([api.close(), server.close()])
    await transport.close()
  })
  const url = `${api.url}/orders?url=${encodeURIComponent(server.url)}`
  return { url, server, sender, requests, received, handled }
}

describe('a callback with headers, a query and other media types', () => {
  it('is sent as it is declared, and typed in the receiver', async () => {
    const { url, server, sender, requests, received, handled } = await setUp()
    const response = await fetch(url, { method: 'POST' })
    const path = '/shipped?token=1&ids=a%20b&ids=%C3%BC%26%2C%2B&dry=false'
    const seen = {
      payload: { parcels: 2 },
      headers: { ...PARTS.headers, 'x-region': 'eu' },
      query: PARTS.query,
    }
    expect(await response.json()).toMatchObject({
      url: `${server.url}${path}`,
      called: { ok: true, response: { status: 200, body: { seen } } },
    })
    expect(received).toEqual([FORM, TEXT, [...BYTES], { a: null }, FORM.at])
    expect(
      requests.map(({ method, url, headers }) => [method, url, headers['content-type']]),
    ).toEqual([
      ['POST', path, 'application/json'],
      ['POST', '/form?token=1', 'application/x-www-form-urlencoded'],
      ['PUT', '/csv?token=1', 'text/csv'],
      ['POST', '/image?token=1', 'image/png'],
      ['PATCH', '/merge?token=1', 'application/merge-patch+json; v=1'],
      ['GET', '/poll?token=1&since=2023-11-14T22%3A13%3A20.123Z', undefined],
    ])
    expect(requests[0]?.headers).toMatchObject({
      'x-tenant': 'ann/7 é',
      'x-codes': '1,2.5',
      'x-region': 'eu',
      'user-agent': 'Ringback',
    })

    // later, from the exchange that was kept
    await sender.resume(handled, 'a').shipped.send({ parcels: 2 }, PARTS)
    await sender.sendDue()
    expect(requests.at(-1)?.url).toBe(path)
    expect(requests.at(-1)?.headers['x-tenant']).toBe('ann/7 é')
  })

  it('is refused with 422 by its receiver when a part breaks its schema', async () => {
    const { server } = await setUp()
    const { sign } = await import('@ringback/signing')
    const body = '{"parcels":2}'
    const timestamp = Math.floor(Date.now() / 1000)
    const signed = await sign({ id: 'msg_1', timestamp, body, secrets })
    const post = async (query: string, headers: Record<string, string>) => {
      const init = { method: 'POST', body, headers: { ...signed, ...headers } }
      const response = await fetch(`${server.url}/shipped${query}`, init)
      const problem = (await response.json()) as { errors?: { in: string; pointer: string }[] }
      return [response.status, problem.errors?.map((one) => one.in + one.pointer)]
    }
    expect(await post('?ids=a&dry=true', { 'x-tenant': 'a' })).toEqual([422, ['header/x-codes']])
    const headers = { 'x-tenant': 'a', 'x-codes': '1' }
    expect(await post('?ids=a&dry=maybe', headers)).toEqual([422, ['query/dry']])
    expect((await post('?ids=a&dry=true', headers))[0]).toBe(200)
  })

  it('is documented', () => {
    const handled = operation.handle((c) => c.json({ url: '', called: '' }, 200))
    const callbacks = document({ info }, [handled]).paths?.['/orders']?.post?.callbacks ?? {}
    // each callback has one key and one method
    const requestOf = (name: string) => {
      const [item] = Object.values(JSON.parse(JSON.stringify(callbacks[name] ?? {})))
      return Object.values(
        item as Record<string, { parameters: Written[]; requestBody: unknown }>,
      )[0]
    }
    const { parameters } = requestOf('shipped') ?? { parameters: [] }
    expect(parameters.map((one) => [one.in, one.name, one.required ?? false])).toEqual([
      ['query', 'ids', true],
      ['query', 'page', false],
      ['query', 'dry', true],
      ['header', 'X-Tenant', true],
      ['header', 'x-codes', true],
      ['header', 'x-kinds', false],
      ['header', 'x-region', false],
    ])
    const types = ['form', 'csv', 'image', 'merge'].map((name) => requestOf(name)?.requestBody)
    expect(types).toMatchObject([
      { content: { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } } },
      { content: { 'text/csv': { schema: { type: 'string' } } } },
      { content: { 'image/png': {} } },
      { content: { 'application/merge-patch+json; v=1': { schema: { type: 'object' } } } },
    ])
  })
})
