// A sender after an hour of work: a few hundred callbacks and webhooks, to receivers of which some fail.
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { callback, createApi, route, webhook } from '@ringback/core'
import {
  createSender,
  generateMasterKey,
  memoryStore,
  type Sender,
  systemClock,
} from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import * as v from 'valibot'

const MINUTE = 60_000
const MINUTES = 58
const OWNERS = ['acme', 'globex', 'initech']

const invoiceNotification = callback(
  'post',
  '{$request.query.callback_url}/invoices/{$request.body#/id}',
)
  .body(v.object({ description: v.string(), paid: v.boolean() }))
  .response(200)

const createInvoice = route('post', '/invoices')
  .query(v.object({ callback_url: v.string() }))
  .body(v.object({ id: v.string() }))
  .response(204)
  .callback('invoiceNotification', invoiceNotification)
  .handle(async (c, { callbacks, exchange }) => {
    const { id } = c.req.valid('json')
    if (id.endsWith('7')) await exchange.keep(id)
    await callbacks.invoiceNotification.send({ description: 'Payment celebration', paid: true })
    return c.body(null, 204)
  })

const invoicePaid = webhook('post', 'invoice.paid')
  .body(v.object({ id: v.string() }))
  .response('2XX')

/** The sender, and what it has sent. */
export interface BusySender {
  readonly sender: Sender
  /** Sends one more callback to a receiver that accepts it. */
  sendOne(order?: {
    readonly id: string
    readonly owner: string
    readonly path: string
  }): Promise<void>
  close(): Promise<void>
}

/** Makes a sender that has worked for an hour, by a clock that is set forward. */
export async function startBusySender(): Promise<BusySender> {
  let behind = MINUTES * MINUTE
  const clock = { ...systemClock, now: () => Date.now() - behind }
  const transport = guardedFetch({ policy: { allowLoopback: true } })
  const sender = createSender({
    store: memoryStore({ clock }),
    secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    masterKey: generateMasterKey(),
    fetch: transport,
    clock,
    log: false,
    deadline: 1000,
    schedule: [0, MINUTE, 5 * MINUTE],
  })
  const info = { title: 'Invoices', version: '1.0.0' }
  const owner = (c: { req: { header(name: string): string | undefined } }) =>
    c.req.header('x-owner') ?? 'default'
  const app = createApi({ info, sender, owner }, [createInvoice])
  const servers = await Promise.all([
    // after a while most of it is slow, then it is well again
    serve((response, count) => respond(response, 200, count > 150 && count < 200 ? 90 : 8)),
    serve((response, count) => respond(response, count % 6 === 0 ? 503 : 200, 20)),
    serve((response) => respond(response, 500, 2)),
    serve((response, count) => respond(response, count % 9 === 0 ? 410 : 200, 12)),
  ])
  const urls = servers.map(({ url }) => url)
  const random = createRandom(7)

  const pickOwner = () => OWNERS[Math.floor(random() * OWNERS.length)] ?? 'acme'
  const send = async (id: string, url: string, owner = pickOwner()) => {
    const query = new URLSearchParams({ callback_url: `${url}/events` })
    const response = await app.request(`/invoices?${query}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-owner': owner,
      },
      body: JSON.stringify({ id }),
    })
    if (response.status !== 204) throw new Error(await response.text())
  }
  const endpoints = [
    { description: 'Bookkeeping', events: ['invoice.*'], metadata: { plan: 'pro' } },
    { description: 'Warehouse', events: ['*'], headers: { authorization: 'Bearer hidden' } },
    { description: 'An old system', events: ['invoice.paid'] },
  ].map((endpoint, index) => ({
    ...endpoint,
    owner: OWNERS[index] ?? 'acme',
    url: `${urls[index]}/webhooks`,
  }))
  for (const endpoint of endpoints) await sender.endpoints.create(endpoint)

  let count = 0
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const many = 4 + Math.round(3 * Math.sin(minute / 7) + 3 * random())
    for (let one = 0; one < many; one += 1) {
      count += 1
      const at = random()
      // the third is down, and much goes there in the end
      const down = minute > MINUTES - 8 ? 0.5 : 0.04
      await send(`in_${count}`, urls[at < down ? 2 : at < 0.75 ? 0 : at < 0.92 ? 1 : 3] ?? '')
    }
    if (minute % 4 === 0) {
      const owner = OWNERS[minute % 3] ?? 'acme'
      await sender.publish(invoicePaid, { id: `in_${count}` }, { owner })
    }
    await sender.sendDue()
    behind -= MINUTE
  }
  const [old] = (await sender.endpoints.list({ owner: 'initech' })).endpoints
  await sender.endpoints.disable(old?.id ?? '')
  await sender.publish(invoicePaid, { id: `in_${count}` }, { owner: 'initech' })
  await app.request('/invoices?callback_url=later', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"id":"in_0"}',
  })
  await sender.start()
  return {
    sender,
    sendOne: ({ id, owner, path } = { id: `in_${count}`, owner: 'acme', path: '' }) =>
      send(id, `${urls[0]}${path}`, owner),
    async close() {
      await Promise.all(servers.map(({ close }) => close()))
      await sender.stop()
      await transport.close()
    },
  }
}

type Respond = (response: ServerResponse, count: number) => void

/** A receiver on loopback; each is an endpoint of its own. */
async function serve(answer: Respond) {
  let count = 0
  const server: Server = createServer((request, response) => {
    request.resume().on('end', () => {
      count += 1
      answer(response, count)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<unknown>((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}

function respond(response: ServerResponse, status: number, delay: number): void {
  const body = status >= 500 ? '{"error":"the database of the receiver is away"}' : ''
  setTimeout(
    () => response.writeHead(status, { 'content-type': 'application/json' }).end(body),
    delay,
  )
}

/** Mulberry32: the same numbers in every run. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
