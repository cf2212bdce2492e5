import { createApi, group } from '@ringback/core'
import { document } from '@ringback/core/document'
import { beforeEach, describe, expect, it } from 'vitest'
import { recordOf, senderError } from '../test/fake-sender.ts'
import { type ItemsApi, info, itemsApi, range, url, webhooks } from '../test/items-api.ts'
import { subscriptions } from './subscriptions.ts'

let sender: ItemsApi['sender']
let app: ItemsApi['app']
let ask: ItemsApi['ask']
let create: ItemsApi['create']

beforeEach(() => {
  ;({ sender, app, ask, create } = itemsApi())
})

describe('create', () => {
  it('gives the endpoint with its secret and its place, to be cached nowhere', async () => {
    const headers = { authorization: 'Bearer hunter2' }
    const { response, status, body } = await create({
      events: ['invoice.*'],
      headers,
      metadata: { team: 'x' },
    })
    expect(status).toBe(201)
    expect(response.headers.get('location')).toBe('/endpoints/ep_1')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(body).toEqual({
      id: 'ep_1',
      url,
      events: ['invoice.*'],
      metadata: { team: 'x' },
      headerNames: ['authorization'],
      state: 'enabled',
      createdAt: '2026-01-02T00:00:00.000Z',
      updatedAt: '2026-01-02T00:00:00.000Z',
      secret: 'whsec_ep_1_1',
    })
    expect(sender.calls[0]).toEqual([
      'create',
      { url, events: ['invoice.*'], headers, metadata: { team: 'x' }, owner: 'a' },
      { verify: false },
    ])
  })

  it('takes no owner, limits or state from the body', async () => {
    await create({ owner: 'b', limits: { concurrency: 1000 }, state: 'disabled', id: 'ep_9' })
    expect(sender.calls[0]).toEqual(['create', { url, owner: 'a' }, { verify: false }])
  })

  it.each([
    ['an event that no webhook has', { events: ['invoice.sent'] }, '/events/0'],
    ['no event', { events: [] }, '/events'],
    ['no URL', { url: 'example' }, '/url'],
    ['metadata that is no text', { metadata: { a: 1 } }, '/metadata/a'],
  ])('refuses %s', async (_, fields, pointer) => {
    const { status, body } = await create(fields)
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, pointer])
    expect(sender.calls).toEqual([])
  })

  it.each([
    ['endpoint', 422, undefined],
    ['url', 422, '/url'],
    ['duplicate', 409, '/externalId'],
  ])('responds to a SenderError with %s by %i, and its remedy', async (code, status, pointer) => {
    sender.fail('create', senderError(code, 'do this'))
    const refused = await create()
    expect(refused.status).toBe(status)
    expect(refused.body).toMatchObject({ status, detail: 'do this' })
    expect(refused.body.errors?.[0]?.pointer).toBe(pointer)
  })

  it('does not take the fault of the sender for one of the caller', async () => {
    sender.fail('create', senderError('option', 'masterKey is not set'))
    app.onError((error, c) => c.text(error.message, 500))
    expect(
      (
        await app.request('/endpoints', {
          method: 'POST',
          headers: { 'x-tenant': 'a', 'content-type': 'application/json' },
          body: JSON.stringify({ url }),
        })
      ).status,
    ).toBe(500)
  })

  it('asks for a challenge by option', async () => {
    const operations = subscriptions(sender, { authorize: () => 'a', webhooks, verify: true })
    const api = createApi({ info }, operations)
    await api.request('/endpoints', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url }),
    })
    expect(sender.calls[0]).toEqual(['create', { url, owner: 'a' }, { verify: true }])
  })
})

describe('the other operations', () => {
  beforeEach(async () => {
    await create({ description: 'd' })
  })

  it('list endpoints by pages', async () => {
    await create()
    await create()
    const first = await ask('GET', '/endpoints?limit=2&event=invoice.paid&state=enabled')
    expect(first.body.endpoints.map(({ id }: { id: string }) => id)).toEqual(['ep_1', 'ep_2'])
    const filter = { owner: 'a', event: 'invoice.paid', state: 'enabled', limit: 2 }
    expect(sender.calls.at(-1)).toEqual(['list', filter])
    const second = await ask('GET', `/endpoints?limit=2&cursor=${first.body.cursor}`)
    expect(second.body).toEqual({ endpoints: [expect.objectContaining({ id: 'ep_3' })] })
    expect((await ask('GET', '/endpoints?limit=1000')).status).toBe(422)
    expect((await ask('GET', '/endpoints?event=nothing')).status).toBe(422)
  })

  it('change fields, remove them by null, and never show a header', async () => {
    const change = { description: null, headers: { 'x-key': 'hunter2' }, events: ['*'] }
    const { status, body } = await ask('PATCH', '/endpoints/ep_1', { body: change })
    expect(status).toBe(200)
    expect(body).toMatchObject({ headerNames: ['x-key'], events: ['*'] })
    expect(body).not.toHaveProperty('description')
    expect(JSON.stringify(body)).not.toContain('hunter2')
    sender.fail('update', senderError('url', 'not allowed'))
    expect((await ask('PATCH', '/endpoints/ep_1', { body: { url } })).status).toBe(422)
  })

  it('delete once, enable and disable as often as you like', async () => {
    const path = '/endpoints/ep_1'
    for (const _ of [1, 2]) {
      const disabled = await ask('POST', `${path}/disable`)
      expect(disabled.body).toMatchObject({ state: 'disabled', disabledReason: 'application' })
    }
    for (const _ of [1, 2]) {
      expect((await ask('POST', `${path}/enable`)).body.state).toBe('enabled')
    }
    expect([(await ask('DELETE', path)).status, (await ask('DELETE', path)).status]).toEqual([
      204, 404,
    ])
  })

  it('rotate with and without a body, and read the secret', async () => {
    const rotated = await ask('POST', '/endpoints/ep_1/rotate')
    expect([rotated.status, rotated.body.secret]).toEqual([200, 'whsec_ep_1_2'])
    expect(rotated.response.headers.get('cache-control')).toBe('no-store')
    await ask('POST', '/endpoints/ep_1/rotate', { body: { overlap: 1000, secret: 'whsec_b' } })
    const options = { overlap: 1000, secret: 'whsec_b', owner: 'a' }
    expect(sender.calls).toContainEqual(['rotate', 'ep_1', options])
    const read = await ask('GET', '/endpoints/ep_1/secret')
    expect(read.body).toEqual({ secret: 'whsec_ep_1_3' })
    expect(read.response.headers.get('cache-control')).toBe('no-store')
  })

  it('list deliveries with attempts, without what is for operators', async () => {
    const endpoint = (await sender.endpoints.get('ep_1')) ?? expect.fail('it is not stored')
    sender.records.push(recordOf(endpoint, 'msg_3'), recordOf(endpoint, 'msg_2'))
    const since = '2026-01-01T00:00:00Z'
    const { body } = await ask(
      'GET',
      `/endpoints/ep_1/deliveries?state=dead&since=${since}&limit=1`,
    )
    expect(body).toEqual({
      deliveries: [
        {
          id: 'msg_3',
          event: 'invoice.paid',
          state: 'dead',
          reason: 'exhausted',
          attemptCount: 1,
          createdAt: '2026-01-02T00:00:00.000Z',
          attempts: [
            { startedAt: '2026-01-02T00:00:00.000Z', duration: 12, status: 500, reason: 'status' },
          ],
        },
      ],
      cursor: 'msg_3',
    })
    const filter = {
      state: 'dead',
      since: Date.parse(since),
      owner: 'a',
      endpoint: 'ep_1',
      limit: 2,
    }
    expect(sender.calls.at(-1)).toEqual(['deliveries', filter])
    const next = await ask('GET', '/endpoints/ep_1/deliveries?limit=1&cursor=msg_3')
    expect(next.body).toEqual({ deliveries: [expect.objectContaining({ id: 'msg_2' })] })
  })

  it('test, redrive, recover and replay are accepted with 202', async () => {
    const endpoint = (await sender.endpoints.get('ep_1')) ?? expect.fail('it is not stored')
    sender.records.push(recordOf(endpoint, 'msg_1'))
    const path = '/endpoints/ep_1'
    const tested = await ask('POST', `${path}/test`)
    expect([tested.status, tested.body.event]).toEqual([202, 'ringback.test'])
    const redriven = await ask('POST', `${path}/deliveries/msg_1/redrive`)
    expect([redriven.status, redriven.body.state]).toEqual([202, 'scheduled'])
    sender.fail('redrive', senderError('state', 'it is being sent'))
    const refused = await ask('POST', `${path}/deliveries/msg_1/redrive`)
    expect([refused.status, refused.body.detail]).toEqual([409, 'it is being sent'])
    const recovered = await ask('POST', `${path}/recover`, { body: { ...range, reason: 'gone' } })
    const replayed = await ask('POST', `${path}/replay`, { body: { since: range.since } })
    expect([recovered.body, replayed.body]).toEqual([{ count: 3 }, { count: 4 }])
    const since = Date.parse(range.since)
    const until = Date.parse(range.until)
    expect(sender.calls).toContainEqual([
      'recover',
      { endpoint: 'ep_1', since, until, reason: 'gone' },
      { owner: 'a' },
    ])
    expect(sender.calls).toContainEqual(['replay', { endpoint: 'ep_1', since }, { owner: 'a' }])
    expect((await ask('POST', `${path}/recover`, { body: { since: 'today' } })).status).toBe(422)
  })
})

describe('the document', () => {
  it('has the operations beside the webhooks, whose names it lists', async () => {
    const written = await (await app.request('/openapi.json')).json()
    expect(Object.keys(written.webhooks)).toEqual(['invoice.paid', 'itemCreated'])
    expect(written.components.schemas.NewWebhookEndpoint.properties.events.items).toEqual({
      enum: ['*', 'invoice.*', 'invoice.paid', 'itemCreated'],
      type: 'string',
    })
    expect(Object.keys(written.paths['/endpoints/{id}'].get.responses)).toEqual([
      '200',
      '401',
      '403',
      '404',
    ])
    const { content } = written.paths['/endpoints/{id}'].get.responses['404']
    expect(Object.keys(content)).toEqual(['application/problem+json'])
  })

  it('has the prefix, tags and parameters of the application', () => {
    const authorize = () => 'a'
    const prefix = '/tenants/:tenant/hooks'
    const { paths } = document(
      { info },
      subscriptions(sender, { authorize, webhooks, prefix, tags: ['webhooks'] }),
    )
    expect(paths['/tenants/{tenant}/hooks/{id}/rotate']?.post).toMatchObject({
      operationId: 'rotateWebhookSecret',
      tags: ['webhooks'],
      parameters: [{ name: 'tenant' }, { name: 'id' }],
    })
  })
})

describe('arguments', () => {
  it.each<[string, readonly unknown[], RegExp]>([
    ['no sender', [], /takes one of createSender/],
    ['no authorize', [{ endpoints: {} }, { webhooks }], /authorize/],
    ['no webhooks', [{ endpoints: {} }, { authorize: () => 'a', webhooks: [] }], /webhooks/],
    ['options that are null', [{ endpoints: {} }, null], /takes its options in an object/],
    [
      'a webhook by its name',
      [{ endpoints: {} }, { authorize: () => 'a', webhooks: ['item.created'] }],
      /needs the option webhooks/,
    ],
    [
      'a prefix of another type',
      [{ endpoints: {} }, { authorize: () => 'a', webhooks, prefix: 5 }],
      /takes as prefix a path/,
    ],
    [
      'tags of another type',
      [{ endpoints: {} }, { authorize: () => 'a', webhooks, tags: 'Endpoints' }],
      /takes as tags a list/,
    ],
    [
      'security of another type',
      [{ endpoints: {} }, { authorize: () => 'a', webhooks, security: {} }],
      /takes as security a list/,
    ],
    [
      'verify of another type',
      [{ endpoints: {} }, { authorize: () => 'a', webhooks, verify: 'no' }],
      /takes as verify true or false/,
    ],
    ['an unknown option', [{ endpoints: {} }, { authorise: () => 'a', webhooks }], /'authorise'/],
  ])('are refused with %s', (_, args, message) => {
    expect(() => Reflect.apply(subscriptions, undefined, args)).toThrow(
      expect.objectContaining({ code: 'option', message: expect.stringMatching(message) }),
    )
  })

  it('take the sender of a request, as on edge runtimes', async () => {
    const operations = subscriptions(() => sender, { authorize: () => 'a', webhooks })
    const response = await createApi({ info }, operations).request('/endpoints')
    expect(await response.json()).toEqual({ endpoints: [] })
  })

  it('go into a group of the application by prefix alone', () => {
    expect(() => group({ prefix: '/x/' })).toThrow()
    const options = { authorize: () => 'a', webhooks, prefix: '/x/' }
    expect(() => subscriptions(sender, options)).toThrow(expect.objectContaining({ code: 'path' }))
  })
})
