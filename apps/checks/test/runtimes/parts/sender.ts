// A sender in memory, with the platform's clock and cryptography.
import { callback, createApi, route, webhook } from '@ringback/core'
import { checkUrl, createSender, generateMasterKey, memoryStore } from '@ringback/sender'
import { verify } from '@ringback/signing'
import * as v from 'valibot'
import type { RuntimeCase } from './runtime-case.ts'

const SECRETS = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
const OK = { headers: { 'content-type': 'application/json' } }

const paid = callback('post', '{$request.query.to}')
  .body(v.object({ amount: v.number() }))
  .response(200, v.object({ ok: v.boolean() }))

const Order = v.object({
  key: v.optional(v.string()),
  amount: v.number(),
  delay: v.optional(v.number()),
})
const Query = v.object({ to: v.string() })

const createOrder = route('post', '/orders')
  .query(Query)
  .body(Order)
  .response(200, v.object({ id: v.string(), state: v.string() }))
  .callback('paid', paid)
  .handle(async (c, { callbacks }) => {
    const { key, amount, delay } = c.req.valid('json')
    const { id, state } = await callbacks.paid.send(
      { amount },
      { ...(key !== undefined && { dedupeKey: key }), ...(delay !== undefined && { delay }) },
    )
    return c.json({ id, state }, 200)
  })

const callOrder = route('post', '/called')
  .query(Query)
  .response(200, v.object({ ok: v.boolean() }))
  .callback('paid', paid)
  .handle(async (c, { callbacks }) => c.json(await callbacks.paid.call({ amount: 1 }), 200))

const shipped = webhook('post', 'order.shipped')
  .body(v.object({ id: v.string() }))
  .response(204)

/** A sender whose requests get these responses, the last of them for all that follow. */
function setUp(...responses: readonly (() => Response)[]) {
  const requests: { url: string; headers: Record<string, string>; body: string }[] = []
  const sender = createSender({
    store: memoryStore({ volatile: true }),
    secrets: SECRETS,
    masterKey: generateMasterKey(),
    egress: 'platform',
    schedule: [0, 0, 0],
    log: false,
    async fetch(input, init) {
      const request = new Request(input, init)
      const { url } = request
      requests.push({
        url,
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
      })
      const respond = responses[requests.length - 1] ?? responses.at(-1)
      return respond?.() ?? new Response('{"ok":true}', OK)
    },
  })
  const api = createApi({ info: { title: 'Orders', version: '1' }, sender }, [
    createOrder,
    callOrder,
  ])
  const post = async (path: string, body: object, to = 'https://a.example/paid') => {
    const response = await api.request(`${path}?${new URLSearchParams({ to })}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const json: unknown = await response.json()
    return json as Record<string, string>
  }
  const summarize = async () => {
    const records = await sender.deliveries()
    return records.map(({ state, reason, attempts }) => ({
      state,
      reason,
      statuses: attempts.map(({ status }) => status),
    }))
  }
  return { sender, requests, post, summarize }
}

const fail = () => new Response('', { status: 500 })
const succeed = () => new Response('{"ok":true}', OK)

export const cases: readonly RuntimeCase[] = [
  {
    name: 'one id and one signed body for all attempts',
    async run() {
      const { sender, requests, post, summarize } = setUp(fail, fail, succeed)
      const { id } = await post('/orders', { amount: 12 })
      for (let n = 0; n < 3; n += 1) await sender.sendDue()
      for (const { headers, body } of requests) await verify({ headers, body, secrets: SECRETS })
      const isOne = requests.every(({ headers }) => headers['webhook-id'] === id)
      return { bodies: requests.map(({ body }) => body), isOne, records: await summarize() }
    },
    expected: {
      bodies: Array(3).fill('{"amount":12}'),
      isOne: true,
      records: [{ state: 'delivered', statuses: [500, 500, 200] }],
    },
  },
  {
    name: 'a dead delivery, sent again',
    async run() {
      const { sender, post, summarize } = setUp(fail, fail, fail, succeed)
      const { id = '' } = await post('/orders', { amount: 12 })
      for (let n = 0; n < 3; n += 1) await sender.sendDue()
      const before = await summarize()
      await sender.redrive(id)
      await sender.sendDue()
      return { before, after: await summarize() }
    },
    expected: {
      before: [{ state: 'dead', reason: 'exhausted', statuses: [500, 500, 500] }],
      after: [{ state: 'delivered', statuses: [500, 500, 500, 200] }],
    },
  },
  {
    name: 'one delivery for a dedupeKey',
    async run() {
      const { post, summarize } = setUp()
      const [first, again] = [
        await post('/orders', { amount: 12, key: 'k' }),
        await post('/orders', { amount: 12, key: 'k' }),
      ]
      return { isSame: first?.id === again?.id, count: (await summarize()).length }
    },
    expected: { isSame: true, count: 1 },
  },
  {
    name: 'a delivery for later, cancelled',
    async run() {
      const { sender, requests, post } = setUp()
      const { id = '' } = await post('/orders', { amount: 12, delay: 60_000 })
      const { sent } = await sender.sendDue()
      const { state } = await sender.cancel(id)
      return { sent, requests: requests.length, state }
    },
    expected: { sent: 0, requests: 0, state: 'cancelled' },
  },
  {
    name: 'a call, which waits for the response',
    run: () => setUp().post('/called', {}),
    expected: { ok: true },
  },
  {
    name: 'URLs that the policy refuses',
    async run() {
      const { sender, requests, post, summarize } = setUp()
      for (const to of ['https://169.254.169.254/', 'https://[::1]/', 'http://a.example/']) {
        await post('/orders', { amount: 1 }, to)
      }
      await sender.sendDue()
      const names = ['https://xn--zrich-kva.example/', 'https://2130706433/', 'https://localhost/']
      return {
        requests: requests.length,
        records: await summarize(),
        urls: names.map((url) => checkUrl(url).ok),
      }
    },
    expected: {
      requests: 0,
      records: Array(3).fill({ state: 'dead', reason: 'blocked', statuses: [] }),
      urls: [true, false, false],
    },
  },
  {
    name: 'a webhook to an endpoint, signed with a secret of its own',
    async run() {
      const { sender, requests } = setUp(() => new Response(null, { status: 204 }))
      const url = 'https://hooks.example/'
      const endpoint = await sender.endpoints.create({
        owner: 'ann',
        url,
        headers: { authorization: 'Bearer sealed' },
      })
      const secret = await sender.endpoints.secret(endpoint.id)
      const { count } = await sender.publish(shipped, { id: '7' }, { owner: 'ann' })
      await sender.sendDue()
      const [request] = requests
      await verify({
        headers: request?.headers ?? {},
        body: request?.body ?? '',
        secrets: [secret ?? ''],
      })
      return { count, authorization: request?.headers.authorization, body: request?.body }
    },
    expected: { count: 1, authorization: 'Bearer sealed', body: '{"id":"7"}' },
  },
  {
    name: 'a started sender, which wakes by the timers of the runtime',
    async run() {
      const { sender, post } = setUp(fail, succeed)
      const done = new Promise<string>((resolve) => {
        sender.on(({ delivery }) => delivery.state === 'delivered' && resolve(delivery.state))
      })
      await sender.start()
      await post('/orders', { amount: 1, delay: 20 })
      const state = await done
      await sender.stop()
      return state
    },
    expected: 'delivered',
  },
]
