import { serve } from '@hono/node-server'
import { callback, createApi, route } from '@ringback/core'
import { createSender, memoryStore } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { Hono } from 'hono'
import * as v from 'valibot'
import { createTracer, recordMetrics, traceRequests } from '../src/index.ts'

export const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
export const CALLER = '00f067aa0ba902b7'
/** In the URL of the callback, as strangers write them. */
export const TOKEN = 'a-token-of-a-stranger'

const paid = callback('post', '{$request.query.callback_url}').body(v.object({ paid: v.boolean() }))

const createInvoice = route('post', '/invoices/:id')
  .params(v.object({ id: v.string() }))
  .query(v.object({ callback_url: v.optional(v.string()) }))
  .response(204)
  .callback('paid', paid)
  .handle(async (c, { callbacks }) => {
    await callbacks.paid.send({ paid: true })
    return c.body(null, 204)
  })

/**
 * Requests an API that sends a callback, whose receiver fails once, with the spans and metrics of all three going to the
 * global providers. Resolves when the callback is delivered.
 */
export async function sendInvoice(): Promise<void> {
  let requests = 0
  const receiver = new Hono().use(traceRequests()).post('/events', (c) => {
    requests += 1
    return c.body(null, requests === 1 ? 500 : 204)
  })
  const { server, port } = await listen(receiver)
  const fetch = guardedFetch({ policy: { allowLoopback: true } })
  const sender = createSender({
    store: memoryStore(),
    secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    fetch,
    schedule: [0, 1],
    log: false,
    tracer: createTracer(),
    ownHosts: ['127.0.0.1'],
  })
  const stop = recordMetrics(sender)
  try {
    const delivered = new Promise<void>((resolve) => {
      sender.on(({ delivery }) => delivery.state === 'delivered' && resolve())
    })
    const api = createApi({ info: { title: 'Invoices', version: '1' }, sender }, [createInvoice])
    const app = new Hono().use(traceRequests()).route('/', api)
    await sender.start()
    const url = `http://127.0.0.1:${port}/events?token=${TOKEN}`
    await app.request(`http://api.example/invoices/7?callback_url=${encodeURIComponent(url)}`, {
      method: 'POST',
      headers: { traceparent: `00-${TRACE}-${CALLER}-01` },
    })
    await delivered
    await sender.stop()
    // no callback is asked for: nothing is sent
    await app.request('http://api.example/invoices/8', { method: 'POST' })
  } finally {
    stop()
    await sender.stop()
    await fetch.close()
    await new Promise((resolve) => server.close(resolve))
  }
}

function listen(app: Hono) {
  return new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve) => {
    const options = { fetch: app.fetch, port: 0, hostname: '127.0.0.1' }
    const server = serve(options, ({ port }) => resolve({ server, port }))
  })
}
