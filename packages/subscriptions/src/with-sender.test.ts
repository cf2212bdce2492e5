import { createApi, webhook } from '@ringback/core'
import { receive } from '@ringback/receiver'
import { createSender, generateMasterKey, memoryStore } from '@ringback/sender'
import { generateSecret } from '@ringback/signing'
import { Hono } from 'hono'
import * as v from 'valibot'
import { beforeEach, describe, expect, it } from 'vitest'
import { subscriptions } from './subscriptions.ts'

const itemCreated = webhook('post', 'item.created')
  .body(v.object({ id: v.string() }))
  .response(204)
const itemDeleted = webhook('post', 'item.deleted').body(v.object({})).response(204)
const webhooks = [itemCreated, itemDeleted]

/** The secrets that the receiver has. */
let secrets: string[]
/** What the receiver got, and with which status it responds next. */
let got: string[]
let statuses: number[]
let sender: ReturnType<typeof makeSender>
let app: Hono

const makeSender = (receiver: Hono) =>
  createSender({
    store: memoryStore(),
    secrets: [generateSecret()],
    masterKey: generateMasterKey(),
    egress: 'platform',
    fetch: async (...request) => receiver.request(...request),
    schedule: [0],
    log: false,
  })

beforeEach(() => {
  secrets = [generateSecret()]
  got = []
  statuses = []
  const handler = receive(itemCreated, {
    secrets: () => secrets,
    answerChallenges: true,
  }).handle(({ payload, request }) => {
    got.push(`${new URL(request.url).pathname} ${payload.id}`)
    return { status: 204 }
  })
  const receiver = new Hono()
    .post('/silent', (c) => c.text('ok'))
    .post('*', async (c) => {
      const status = statuses.shift()
      return status === undefined ? handler(c) : new Response(null, { status })
    })
  sender = makeSender(receiver)
  const info = { title: 'Items', version: '1.0.0' }
  const authorize = (c: { req: { header(name: string): string | undefined } }) =>
    c.req.header('x-tenant')
  app = createApi({ info, webhooks }, [
    ...subscriptions(sender, { authorize, webhooks, verify: true }),
  ])
})

async function ask(method: string, path: string, body?: object, tenant = 'a') {
  const response = await app.request(`/endpoints${path}`, {
    method,
    headers: { 'x-tenant': tenant, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

/** Registers a path of the receiver, which gets the secret, and gives the path of the endpoint. */
async function register(path: string, fields: object = {}, tenant = 'a') {
  const url = `https://receiver.example.com${path}`
  const { status, body } = await ask('POST', '', { url, ...fields }, tenant)
  expect([status, body]).toEqual([201, expect.objectContaining({ url })])
  secrets.push(body.secret)
  return `/${body.id}`
}

const publish = async (id: string, owner = 'a') => {
  const published = await sender.publish(itemCreated, { id }, { owner })
  await sender.sendDue()
  return published
}

describe('endpoints that users register', () => {
  it('answer a challenge, and get every event that they listen to, each by its own secret', async () => {
    await register('/one')
    await register('/two', { events: ['item.*'] })
    await register('/three', { events: ['item.deleted'] })
    await register('/theirs', {}, 'b')
    expect(new Set(secrets).size).toBe(5)
    expect(await publish('7')).toMatchObject({ count: 2 })
    expect(got.sort()).toEqual(['/one 7', '/two 7'])
  })

  it('are refused if they do not answer it, or the policy refuses them', async () => {
    for (const url of ['https://receiver.example.com/silent', 'https://10.0.0.1/']) {
      const { status, body } = await ask('POST', '', { url })
      expect([status, body.errors?.[0]?.pointer]).toEqual([422, '/url'])
    }
    expect((await ask('GET', '')).body).toEqual({ endpoints: [] })
  })

  it('answer it again for a new URL, and else stay as they are', async () => {
    const path = await register('/one', { headers: { authorization: 'Bearer hunter2' } })
    const silent = { url: 'https://receiver.example.com/silent', description: 'new' }
    const refused = await ask('PATCH', path, silent)
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, '/url'])
    expect((await ask('GET', path)).body).not.toHaveProperty('description')
    const two = { url: 'https://receiver.example.com/two' }
    expect((await ask('PATCH', path, two, 'b')).status).toBe(404)
    expect((await ask('PATCH', path, two)).body).toMatchObject(two)
    await publish('7')
    expect(got).toEqual(['/two 7'])
  })

  it('are unique by externalId', async () => {
    await register('/one', { externalId: 'x' })
    const url = 'https://receiver.example.com/two'
    expect((await ask('POST', '', { url, externalId: 'x' })).status).toBe(409)
    await register('/two', { externalId: 'x' }, 'b')
    expect((await ask('GET', '?externalId=x')).body.endpoints).toHaveLength(1)
  })

  it('are signed with both secrets while these overlap', async () => {
    const path = await register('/one')
    const [, old] = secrets
    const rotated = await ask('POST', `${path}/rotate`)
    expect(rotated.status).toBe(200)
    for (const secret of [old, rotated.body.secret]) {
      secrets = [secret]
      await publish('7')
    }
    expect(got).toEqual(['/one 7', '/one 7'])
    expect((await ask('GET', `${path}/secret`)).body.secret).toBe(rotated.body.secret)
    const refused = await ask('POST', `${path}/rotate`, { secret: 'hunter2' })
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      422,
      expect.not.stringContaining('hunter2'),
    ])
  })

  it('keep a secret of their own', async () => {
    const secret = generateSecret()
    const path = await register('/one', { secret })
    expect((await ask('GET', `${path}/secret`)).body).toEqual({ secret })
    secrets = [secret]
    await publish('7')
    expect(got).toEqual(['/one 7'])
  })

  it('are tested, and show their deliveries with attempts', async () => {
    const path = await register('/one', { events: ['item.deleted'] })
    expect((await ask('POST', `${path}/test`)).status).toBe(202)
    await sender.sendDue()
    const { deliveries } = (await ask('GET', `${path}/deliveries`)).body
    expect(deliveries).toEqual([
      expect.objectContaining({
        event: 'ringback.test',
        state: 'delivered',
        attempts: [expect.objectContaining({ status: 204 })],
      }),
    ])
    expect(got).toEqual([])
  })

  it('filter their deliveries by state, reason, event and time, page by page', async () => {
    const path = await register('/one')
    await register('/two')
    for (const id of ['1', '2', '3']) {
      // the other endpoint has those as well
      statuses = id === '3' ? [204, 204] : [500, 500]
      await publish(id)
    }
    statuses = [410]
    await ask('POST', `${path}/test`)
    await sender.sendDue()
    const list = async (query: string) => {
      const events: string[] = []
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const page = await ask('GET', `${path}/deliveries?limit=1&${query}${cursor}`)
        expect(page.status).toBe(200)
        expect(page.body.deliveries.length).toBeLessThanOrEqual(1)
        for (const { event, state } of page.body.deliveries) events.push(`${event} ${state}`)
        cursor = page.body.cursor && `&cursor=${page.body.cursor}`
      }
      return events
    }
    const dead = 'item.created dead'
    const test = 'ringback.test dead'
    expect(await list('')).toEqual([test, 'item.created delivered', dead, dead])
    expect(await list('state=dead')).toEqual([test, dead, dead])
    expect(await list('reason=exhausted')).toEqual([dead, dead])
    expect(await list('reason=gone')).toEqual([test])
    expect(await list('event=item.created')).toEqual(['item.created delivered', dead, dead])
    expect(await list('event=item.created&state=dead&reason=exhausted')).toEqual([dead, dead])
    expect(await list('event=item.created&reason=gone')).toEqual([])
    const later = new Date(Date.now() + 60_000).toISOString()
    expect(await list(`since=${later}`)).toEqual([])
    expect(await list(`until=${later}&state=dead&reason=gone`)).toEqual([test])
    expect((await ask('GET', `${path}/deliveries?reason=tired`)).status).toBe(422)
  })

  it('are sent again what failed, one by one and by time', async () => {
    const path = await register('/one')
    statuses = [500, 500]
    await publish('7')
    await publish('8')
    const dead = (await ask('GET', `${path}/deliveries?state=dead`)).body.deliveries
    expect(dead).toHaveLength(2)
    expect((await ask('POST', `${path}/deliveries/${dead[0].id}/redrive`)).status).toBe(202)
    await sender.sendDue()
    expect(got).toEqual(['/one 8'])
    const since = new Date(0).toISOString()
    expect((await ask('POST', `${path}/recover`, { since })).body).toEqual({ count: 1 })
    await sender.sendDue()
    expect(got).toEqual(['/one 8', '/one 7'])
  })

  it('are sent nothing while disabled, and everything that they never got by a replay', async () => {
    const since = new Date(0).toISOString()
    await register('/other')
    await publish('7')
    const path = await register('/one')
    expect((await ask('POST', `${path}/replay`, { since })).body).toEqual({ count: 1 })
    await sender.sendDue()
    expect(got).toEqual(['/other 7', '/one 7'])
    await ask('POST', `${path}/disable`)
    await publish('8')
    expect(got).toEqual(['/other 7', '/one 7', '/other 8'])
    await ask('POST', `${path}/enable`)
    await sender.sendDue()
    expect(got).toEqual(['/other 7', '/one 7', '/other 8', '/one 8'])
  })

  it('are disabled by a 410, which the owner sees', async () => {
    const path = await register('/one')
    statuses = [410]
    await publish('7')
    expect((await ask('GET', path)).body).toMatchObject({
      state: 'disabled',
      disabledReason: 'gone',
    })
  })

  it('get nothing once they are deleted', async () => {
    const path = await register('/one')
    expect((await ask('DELETE', path)).status).toBe(204)
    expect(await publish('7')).toMatchObject({ count: 0 })
    expect(got).toEqual([])
  })
})

it('endpoints of the owner hear of one that is disabled, and of a dead delivery, by declared webhooks', async () => {
  const Notice = v.object({ id: v.string() })
  const endpointDisabled = webhook('post', 'endpoint.disabled').body(Notice).response(204)
  const deliveryDead = webhook('post', 'delivery.dead').body(Notice).response(204)
  const all: Promise<unknown>[] = []
  sender.on(({ names, delivery, disabled }) => {
    const { owner, endpoint, callback, id } = delivery
    if (!endpoint?.startsWith('ep_') || callback === 'delivery.dead') return
    if (disabled) all.push(sender.publish(endpointDisabled, { id: endpoint }, { owner }))
    if (names.includes('delivery.dead')) {
      all.push(sender.publish(deliveryDead, { id }, { owner, dedupeKey: id }))
    }
  })
  const path = await register('/one', { events: ['item.*'] })
  const notices = { url: 'https://receiver.example.com/notices' }
  // the webhooks of the API are others here, so that the sender registers it
  await sender.endpoints.create({
    ...notices,
    owner: 'a',
    secret: secrets[0] ?? '',
    events: ['endpoint.*', 'delivery.dead'],
  })
  await sender.endpoints.create({ ...notices, owner: 'b', secret: secrets[0] ?? '' })
  statuses = [410]
  await publish('7')
  await Promise.all(all)
  await sender.sendDue()
  const [dead] = await sender.deliveries({ state: 'dead' })
  expect(got.sort()).toEqual([`/notices ${path.slice(1)}`, `/notices ${dead?.id}`])
})

it('another tenant finds none of them, by any operation', async () => {
  const path = await register('/one')
  await publish('7')
  const [delivery] = await sender.deliveries()
  const range = { since: new Date(0).toISOString() }
  const before = await sender.endpoints.list()
  const operations: [method: string, path: string, body?: object][] = [
    ['GET', path],
    ['PATCH', path, { description: 'mine' }],
    ['POST', `${path}/enable`],
    ['POST', `${path}/disable`],
    ['POST', `${path}/rotate`],
    ['GET', `${path}/secret`],
    ['POST', `${path}/test`],
    ['GET', `${path}/deliveries`],
    ['POST', `${path}/deliveries/${delivery?.id}/redrive`],
    ['POST', `${path}/recover`, range],
    ['POST', `${path}/replay`, range],
    ['DELETE', path],
  ]
  const tried = async (tenant: string) => {
    const results: number[] = []
    for (const [method, at, body] of operations) {
      results.push((await ask(method, at, body, tenant)).status)
    }
    return results
  }
  expect(await tried('b')).toEqual(operations.map(() => 404))
  expect((await ask('GET', '', undefined, 'b')).body).toEqual({ endpoints: [] })
  expect(await sender.endpoints.list()).toEqual(before)
  expect(await sender.deliveries()).toHaveLength(1)
  expect(await tried('a')).toEqual(operations.map(() => expect.toSatisfy((s) => s < 300)))
})
