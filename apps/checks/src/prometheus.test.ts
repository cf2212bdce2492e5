// GET /metrics, as a parser of Prometheus' text format reads it.
import { callback, createApi, route } from '@ringback/core'
import { createSender, memoryStore, type SenderOptions } from '@ringback/sender'
import { metrics } from '@ringback/sender/metrics'
import { guardedFetch } from '@ringback/sender/node'
import { startReceiver } from '@ringback/testkit/node'
import { Hono } from 'hono'
import parse from 'parse-prometheus-text-format'
import * as v from 'valibot'
import { expect, it, onTestFinished } from 'vitest'

const NAME = 'a "name"\\with\nmore'
const paid = callback('post', '{$request.query.callback_url}').body(v.object({ paid: v.boolean() }))
const createInvoice = route('post', '/invoices')
  .query(v.object({ callback_url: v.optional(v.string()) }))
  .response(204)
  .callback(NAME, paid)
  .handle(async (c, { callbacks }) => {
    await callbacks[NAME].send({ paid: true })
    return c.body(null, 204)
  })

type Read = { readonly type: string; readonly all: ReturnType<typeof parse>[number]['metrics'] }

function setUp(options: Partial<SenderOptions> = {}) {
  const fetch = guardedFetch({ policy: { allowLoopback: true } })
  const sender = createSender({
    store: memoryStore(),
    secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    fetch,
    schedule: [0, 1],
    log: false,
    ...options,
  })
  onTestFinished(async () => {
    await sender.stop()
    await fetch.close()
  })
  const api = createApi({ info: { title: 'Invoices', version: '1' }, sender }, [createInvoice])
  const authorize = async (c: { req: { header(name: string): string | undefined } }) =>
    c.req.header('authorization') === 'Bearer key'
  const app = new Hono().get('/metrics', metrics(sender, { authorize })).route('/', api)
  const read = async () => {
    const response = await app.request('/metrics', { headers: { authorization: 'Bearer key' } })
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const text = await response.text()
    const families = parse(text).map(({ name, type, metrics: all }) => [name, { type, all }])
    return { text, families: Object.fromEntries(families) as Record<string, Read> }
  }
  return { sender, app, read }
}

it('are read by a parser: counters, histograms and gauges, with labels of any text', async () => {
  const receiver = await startReceiver([500, 200, 200])
  onTestFinished(() => receiver.close())
  const { sender, app, read } = setUp()
  let delivered = 0
  const isDone = new Promise<void>((resolve) => {
    sender.on(({ delivery }) => {
      if (delivery.state === 'delivered') delivered += 1
      if (delivered === 2) resolve()
    })
  })
  await sender.start()
  for (let n = 0; n < 2; n += 1) {
    await app.request(`/invoices?callback_url=${receiver.url}`, { method: 'POST' })
  }
  await isDone
  await sender.stop()
  await app.request(`/invoices?callback_url=${receiver.url}`, { method: 'POST' })

  const { text, families: found } = await read()
  const labels = { callback: NAME, operation: 'postInvoices' }
  expect(found.ringback_deliveries_total?.type).toBe('COUNTER')
  expect(found.ringback_deliveries_total?.all).toEqual([
    { labels: { ...labels, state: 'scheduled' }, value: '3' },
    { labels: { ...labels, state: 'delivered' }, value: '2' },
  ])
  expect(found.ringback_attempts_total?.all).toEqual(
    expect.arrayContaining([
      { labels: { ...labels, outcome: '500' }, value: '1' },
      { labels: { ...labels, outcome: '200' }, value: '2' },
    ]),
  )
  for (const [name, count] of [
    ['ringback_attempt_duration_seconds', '3'],
    ['ringback_delivery_duration_seconds', '2'],
  ] as const) {
    // the parser gives the buckets of a histogram, and neither its labels nor its count
    expect(found[name]).toMatchObject({ type: 'HISTOGRAM', all: [{ buckets: { '+Inf': count } }] })
    expect(text).toContain(
      `\n${name}_count{callback="a \\"name\\"\\\\with\\nmore",operation="postInvoices"} ${count}\n`,
    )
  }
  expect(found.ringback_waiting_deliveries?.all).toEqual([
    { labels: { state: 'scheduled' }, value: '1' },
    { labels: { state: 'parked' }, value: '0' },
    { labels: { state: 'sending' }, value: '0' },
  ])
  expect(Number(found.ringback_oldest_due_seconds?.all[0]?.value)).toBeGreaterThanOrEqual(0)
  expect(found.ringback_store_up?.all).toEqual([{ value: '1' }])
  expect(found.ringback_ready?.all).toEqual([{ value: '0' }])
})

it('say that the store does not respond, and are given all the same', async () => {
  const store = memoryStore()
  store.health = () => Promise.reject(new Error('no disk'))
  const { read } = setUp({ store })
  const { families: found } = await read()
  expect(found.ringback_store_up?.all).toEqual([{ value: '0' }])
  expect(found.ringback_waiting_deliveries).toBeUndefined()
})

it('are for those that authorize allows, and it must be given', async () => {
  const { app, sender } = setUp()
  expect((await app.request('/metrics')).status).toBe(403)
  expect(() => metrics(sender, {} as never)).toThrow(/^metrics needs to know who may read them/)
  expect(() => metrics(sender, undefined as never)).toThrow(/^metrics needs to know/)
})
