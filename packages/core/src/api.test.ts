import { Hono } from 'hono'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { createApi } from './api.ts'
import { callback } from './builders/callback.ts'
import { group } from './builders/group.ts'
import { route } from './builders/route.ts'
import type { CallbackMessage, CallbackMethods, Delivery } from './definition/delivery.ts'
import type { AnyOperation } from './definition/operation.ts'
import { document } from './openapi/document.ts'
import type { ReferencePage } from './pages/reference-page.ts'

const info = { title: 'Orders', version: '1.0.0' }
const Total = v.union([v.number(), v.pipe(v.string(), v.decimal(), v.toNumber())])

const createOrder = route('post', '/orders')
  .query(v.object({ callback_url: v.optional(v.pipe(v.string(), v.url())) }))
  .body(v.object({ id: v.string(), total: Total }))
  .response(200, v.object({ total: v.number() }))

const app = createApi({ info, bodyLimit: 1000 }, [
  createOrder.handle((c) => c.json({ total: c.req.valid('json').total }, 200)),
  route('get', '/orders/:id')
    .params(v.object({ id: v.pipe(v.string(), v.digits()) }))
    .headers(v.object({ 'x-user': v.string() }))
    .response(200, v.object({ id: v.string(), user: v.string() }))
    .handle((c) => {
      const { id } = c.req.valid('param')
      return c.json({ id, user: c.req.valid('header')['x-user'] }, 200)
    }),
])

function post(body: BodyInit, headers: Record<string, string> = {}, path = '/orders') {
  // a stream as a body needs half-duplex, which the types lack
  const half: object = body instanceof ReadableStream ? { duplex: 'half' } : {}
  const type = { 'content-type': 'application/json' }
  return app.request(path, { method: 'POST', body, headers: { ...type, ...headers }, ...half })
}

async function problemOf(responding: Response | Promise<Response>) {
  const response = await responding
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const text = await response.text()
  return { text, ...JSON.parse(text) }
}

describe('an operation', () => {
  it('passes the validated request to the handler', async () => {
    const response = await post('{"id":"1","total":"9999"}')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ total: 9999 })
  })

  it.each(['/orders', '/orders/'])('answers at %s', async (path) => {
    expect((await post('{"id":"1","total":1}', {}, path)).status).toBe(200)
  })

  it('reads its body after a middleware that reads it', async () => {
    const outer = new Hono()
      .use(async (c, next) => {
        await c.req.json()
        await next()
      })
      .route('/', app)
    const response = await outer.request('/orders', {
      method: 'POST',
      body: '{"id":"1","total":1}',
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).toBe(200)
  })

  it('answers under the app that it is mounted in, with and without a slash', async () => {
    const outer = new Hono().route('/v1', app)
    for (const path of ['/v1/orders/7', '/v1/orders/7/']) {
      const response = await outer.request(path, { headers: { 'X-User': 'ann' } })
      expect(await response.json()).toEqual({ id: '7', user: 'ann' })
    }
  })

  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/vnd.api+json'])(
    'reads %s',
    async (type) => {
      expect((await post('{"id":"1","total":1}', { 'content-type': type })).status).toBe(200)
    },
  )
})

describe('a bad request', () => {
  it('that is not JSON is 400', async () => {
    expect(await problemOf(post('{"id":'))).toMatchObject({ status: 400, title: 'Bad Request' })
    expect(await problemOf(post(''))).toMatchObject({ status: 400 })
  })

  it.each(['text/plain', 'application/jsonp', 'application/x-www-form-urlencoded'])(
    'of type %s is 415',
    async (type) => {
      const problem = await problemOf(post('{"id":"1","total":1}', { 'content-type': type }))
      expect(problem).toMatchObject({
        status: 415,
        detail: expect.stringMatching(/application\/json/),
      })
    },
  )

  it('without a content type is 415', async () => {
    const request = new Request('http://localhost/orders', {
      method: 'POST',
      body: new TextEncoder().encode('{"id":"1","total":1}'),
    })
    expect(await problemOf(app.request(request))).toMatchObject({ status: 415 })
  })

  it('over the limit is 413, with and without a content-length', async () => {
    const large = JSON.stringify({ id: 'x'.repeat(1000), total: 1 })
    const chunked = new Blob([large]).stream()
    expect(await problemOf(post(large, { 'content-length': String(large.length) }))).toMatchObject({
      status: 413,
      detail: 'the body must not exceed 1000 bytes',
    })
    expect(await problemOf(post(chunked))).toMatchObject({ status: 413 })
  })

  it('that breaks its schemas is 422, with a pointer for each issue and without the values', async () => {
    const response = post('{"id":77777,"total":"lots"}', {}, '/orders?callback_url=nowhere')
    const problem = await problemOf(response)
    expect(problem).toMatchObject({
      type: 'about:blank',
      title: 'Unprocessable Content',
      status: 422,
      errors: [
        { in: 'query', pointer: '/callback_url', detail: 'Invalid URL' },
        { in: 'body', pointer: '/id', detail: 'Invalid type: Expected string' },
        { in: 'body', pointer: '/total', detail: 'Invalid type: Expected (number | string)' },
      ],
    })
    expect(problem.text).not.toMatch(/lots|77777|nowhere/)
  })

  it('longer than its content-length is 413', async () => {
    const text = JSON.stringify({ id: 'é'.repeat(600), total: 1 })
    expect(await problemOf(post(text, { 'content-length': '10' }))).toMatchObject({ status: 413 })
  })

  it('has at most 50 issues, of all parts together', async () => {
    const api = createApi({ info }, [
      route('post', '/x')
        .query(v.record(v.string(), v.pipe(v.string(), v.digits())))
        .body(v.array(v.number()))
        .response(204)
        .handle((c) => c.body(null, 204)),
    ])
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Array(200_000).fill('x')),
    }
    const { status, text, errors } = await problemOf(api.request('/x?a=b', request))
    expect([status, errors.length, errors[0].in]).toEqual([422, 50, 'query'])
    expect(text.length).toBeLessThan(10_000)
  })

  it('nested too deeply for its schema is 400', async () => {
    const Tree: v.GenericSchema = v.array(v.lazy(() => Tree))
    const api = createApi({ info }, [
      route('post', '/x')
        .body(Tree)
        .response(204)
        .handle((c) => c.body(null, 204)),
    ])
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '['.repeat(100_000) + ']'.repeat(100_000),
    }
    expect(await problemOf(api.request('/x', request))).toMatchObject({
      status: 400,
      detail: 'the body is nested too deeply',
    })
  })

  it('is not a request whose body a middleware consumed', async () => {
    let thrown: unknown
    const outer = new Hono()
      .use(async (c, next) => {
        await c.req.raw.text()
        await next()
      })
      .route('/', app)
    outer.onError((error, c) => {
      thrown = error
      return c.text('', 500)
    })
    const response = await outer.request('/orders', {
      method: 'POST',
      body: '{"id":"1","total":1}',
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).toBe(500)
    expect(thrown).toMatchObject({ code: 'body-used' })
  })

  it('names path and header in its issues', async () => {
    expect(await problemOf(app.request('/orders/abc'))).toMatchObject({
      status: 422,
      errors: [
        { in: 'path', pointer: '/id' },
        { in: 'header', pointer: '/x-user' },
      ],
    })
  })
})

describe('the callbacks of a handler', () => {
  const event = callback('post', '{$request.query.callback_url}/{$request.body#/id}').body(
    v.object({ paid: v.boolean() }),
  )
  const sending = createOrder.callback('event', event).handle(async (c, { callbacks }) => {
    const order: { id: string } = c.req.valid('json')
    order.id = 'changed by the handler'
    await callbacks.event.send({ paid: true })
    return c.json({ total: 0 }, 200)
  })

  function recordingSender() {
    const messages: CallbackMessage[] = []
    const methods: CallbackMethods = {
      send: async (message) => {
        messages.push(message)
        return {} as Delivery
      },
      prepare: async (message) => {
        messages.push(message)
        return { delivery: {} as Delivery, enqueue: () => ({}) as never }
      },
      call: async () => ({ ok: false, detail: '', delivery: {} as Delivery }),
      stage: async () => ({ delivery: {} as Delivery, release: async () => ({}) as Delivery }),
      keepExchange: async () => {},
      checkExchangePlace: async () => {},
      remember: () => {},
    }
    return { messages, sender: { '~callbacks': methods } }
  }

  const request = [
    '/orders?callback_url=https%3A%2F%2Fa.example&secret=1',
    {
      method: 'POST',
      body: '{"id":"7","total":1,"password":"hidden"}',
      headers: { 'content-type': 'application/json', authorization: 'Bearer x', 'x-a': '1' },
    },
  ] as const

  it('capture the parts of the request that their URLs read, as sent, and nothing else', async () => {
    const { messages, sender } = recordingSender()
    const api = createApi({ info, sender, owner: () => 'ann' }, [sending])
    expect((await api.request(...request)).status).toBe(200)

    expect(messages).toHaveLength(1)
    expect(messages[0]).toMatchObject({
      name: 'event',
      operationId: 'postOrders',
      owner: 'ann',
      payload: { paid: true },
      validated: ['query', 'body'],
      exchange: { request: { body: { id: '7' }, headers: {} } },
    })
    expect(JSON.stringify(messages[0]?.exchange)).not.toMatch(/hidden|Bearer|secret/)
  })

  it('use a sender that is a function of the request', async () => {
    const { messages, sender } = recordingSender()
    const api = createApi({ info, sender: (c) => (c.req.query('secret') ? sender : sender) }, [
      sending,
    ])
    await api.request(...request)
    expect(messages).toHaveLength(1)
  })

  it.each([
    ['/', '/'],
    ['/v1', '/v1/'],
    ['/internal/:tenant', '/internal/caf%C3%A9/'],
  ])("build $url on the API's public address, mounted at %s", async (mount, path) => {
    const { messages, sender } = recordingSender()
    const api = createApi({ info, sender, publicUrl: 'https://api.example.com/v2/' }, [
      route('post', '/orders/:id')
        .response(204)
        .callback('event', callback('post', 'https://a.example/?u={$url}'))
        .handle(async (c, { callbacks }) => {
          await callbacks.event.send()
          return c.body(null, 204)
        }),
    ])
    const outer = new Hono().route(mount, api)
    await outer.request(`http://evil.example${path}orders/a%20b?a=1`, { method: 'POST' })
    expect(messages[0]?.exchange.request.url).toBe('https://api.example.com/v2/orders/a%20b?a=1')
  })

  it('are sent with options, after the payload if there is one', async () => {
    const { messages, sender } = recordingSender()
    const operation = createOrder
      .callback('event', event)
      .callback('ping', callback('post', 'https://a.example/'))
      .handle(async (c, { callbacks }) => {
        await callbacks.event.send({ paid: true }, { orderKey: 'a' })
        await callbacks.ping.send({ delay: 1 })
        await callbacks.ping.send()
        await callbacks.event.prepare({ paid: false }, { dedupeKey: 'a' })
        return c.json({ total: 0 }, 200)
      })
    await createApi({ info, sender }, [operation]).request(...request)
    const given = messages.map(({ payload, options }) => ({ payload, options }))
    expect(given).toEqual([
      { payload: { paid: true }, options: { orderKey: 'a' } },
      { payload: undefined, options: { delay: 1 } },
      { payload: undefined, options: undefined },
      { payload: { paid: false }, options: { dedupeKey: 'a' } },
    ])
  })

  it('throw without a sender', async () => {
    const api = createApi({ info }, [sending])
    let thrown: unknown
    api.onError((error, c) => {
      thrown = error
      return c.text('', 500)
    })
    await api.request(...request)
    expect(thrown).toMatchObject({
      code: 'no-sender',
      message: expect.stringMatching(/createSender/),
    })
  })
})

describe('createApi', () => {
  const ping = route('get', '/ping').response(204)
  const pong = ping.handle((c) => c.body(null, 204))

  it.each([
    ['two operations in one place', [pong, pong], 'duplicate-name'],
    [
      'two operations of one id',
      [
        pong,
        route('get', '/pong')
          .operationId('getPing')
          .response(204)
          .handle((c) => c.body(null, 204)),
      ],
      'duplicate-name',
    ],
  ])('refuses %s', (_, operations, code) => {
    expect(() => createApi({ info }, operations)).toThrow(expect.objectContaining({ code }))
  })

  const at = (path: string) =>
    route('get', path)
      .operationId(path)
      .response(204)
      .handle((c) => c.body(null, 204))

  it.each([
    ['/x', '/x/'],
    ['/u/:id', '/u/:name'],
  ])('refuses two operations that answer the same requests: %s and %s', (one, two) => {
    const build = () => createApi({ info }, [at(one), at(two)])
    expect(build).toThrow(expect.objectContaining({ code: 'duplicate-name' }))
    expect(build).toThrow(`GET ${one} and GET ${two} `)
  })

  it.each([
    ['/a%20b', ['/a%20b', '/a b', '/a%20b/']],
    ['/100%25', ['/100%25']],
    ['/a%2fb', ['/a%2Fb']],
    ['/caf%C3%A9/:id', ['/caf%C3%A9/1', '/café/1', '/caf%c3%a9/1']],
    ['/%7euser', ['/~user', '/%7Euser']],
    ['/café', ['/caf%C3%A9']],
  ])('serves the encoded path %s', async (path, urls) => {
    const operation = at(path)
    const api = createApi({ info }, [operation])
    const mounted = new Hono().on('get', operation.paths, ...operation.handlers)
    for (const url of urls) {
      expect((await api.request(url)).status).toBe(204)
      expect((await mounted.request(url)).status).toBe(204)
    }
    expect(Object.keys(document({ info }, [operation]).paths)).toEqual([
      path.replace(':id', '{id}'),
    ])
  })

  it('refuses a percent sign that encodes nothing, and one path in two spellings', () => {
    expect(() => at('/100%')).toThrow(
      "the path '/100%' contains a '%' that encodes no byte; write it as '%25'",
    )
    expect(() => createApi({ info }, [at('/caf%C3%A9'), at('/café')])).toThrow(
      expect.objectContaining({ code: 'duplicate-name' }),
    )
  })

  it('serves paths that a document cannot describe, if there is no document', async () => {
    const operations = [at('/files/*'), at('/u/:id{[0-9]+}'), at('/u/:name'), at('/o/:a?')]
    const api = createApi({ info }, operations)
    expect((await api.request('/files/a/b')).status).toBe(204)
    expect(() => createApi({ info, document: '/openapi.json' }, operations)).toThrow(
      expect.objectContaining({
        code: 'several',
        message: expect.stringMatching(/wildcard.*'\/o\/:a\?' has an optional parameter/s),
      }),
    )
  })

  it('throws the errors of its document at once', () => {
    const bare = route('get', '/x').handle((c) => c as never)
    const shared = callback('post', 'https://a.example').operationId('getPing').response(204)
    const calling = route('get', '/y')
      .response(204)
      .callback('c', shared)
      .handle((c) => c.body(null, 204))
    const build =
      (...operations: AnyOperation[]) =>
      () =>
        createApi({ info, document: '/openapi.json' }, operations)
    expect(build(bare)).toThrow(expect.objectContaining({ code: 'schema' }))
    expect(build(pong, calling)).toThrow(expect.objectContaining({ code: 'duplicate-name' }))
  })

  const reference: ReferencePage = {
    '~routes': ['/reference', '/reference/reference.json'].map((path) => ({
      path,
      name: 'the page',
      load: async () => async (c) => c.text(''),
    })),
  }

  it('serves its pages before operations whose parameters match them', async () => {
    const api = createApi({ info, document: '/openapi.json', reference }, [
      at('/:id'),
      at('/:id/:part'),
    ])
    expect(await (await api.request('/openapi.json')).json()).toMatchObject({ openapi: '3.1.1' })
    expect((await api.request('/reference')).status).toBe(200)
    expect((await api.request('/reference/reference.json')).status).toBe(200)
    expect((await api.request('/other')).status).toBe(204)
  })

  it.each(['/openapi.json', '/reference/', '/reference/reference.json'])(
    'refuses an operation in the place of its page %s',
    (path) => {
      const build = () => createApi({ info, document: '/openapi.json', reference }, [at(path)])
      expect(build).toThrow(expect.objectContaining({ code: 'duplicate-name' }))
    },
  )

  it('serves the document, once built', async () => {
    const api = createApi({ info, document: '/openapi.json' }, [pong])
    const response = await api.request('/openapi.json')
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({
      openapi: '3.1.1',
      info,
      paths: { '/ping': { get: { operationId: 'getPing' } } },
    })
  })

  it.each([
    [{}, '/'],
    [{ publicUrl: 'https://api.example.com/' }, 'https://api.example.com'],
    [{ servers: [{ url: 'https://b.example' }] }, 'https://b.example'],
  ])('names its server in the document: %j gives %s', async (options, url) => {
    const api = createApi({ info, document: '/openapi.json', ...options }, [pong])
    const served = async (app: Hono, path: string) =>
      (await (await app.request(path)).json()).servers
    expect(await served(api, '/openapi.json')).toEqual([{ url }])
    const mounted = new Hono().route('/v1', api)
    expect(await served(mounted, '/v1/openapi.json')).toEqual([{ url: url === '/' ? '/v1' : url }])
    expect(await served(api, '/openapi.json')).toEqual([{ url }])
  })
})

describe('of two paths that match a request', () => {
  const users = group({ prefix: '/users' })
  const at = (path: string) =>
    route('get', path)
      .response(200, v.string())
      .handle((c) => c.json(path))
  const byId = users
    .group({ prefix: '/:id' })
    .route('get', '/posts')
    .response(200, v.string())
    .handle((c) => c.json('/users/:id/posts'))
  const rest = route('get', '/users/*')
    .hidden()
    .response(200, v.string())
    .handle((c) => c.json('/users/*'))
  const listed = [
    rest,
    byId,
    ...['/users/:id', '/users/:n{[0-9]+}', '/users/me', '/users/me/posts'].map(at),
  ]

  it.each([
    ['/users/me', '/users/me'],
    ['/users/me/', '/users/me'],
    ['/users/7', '/users/:n{[0-9]+}'],
    ['/users/ada', '/users/:id'],
    ['/users/me/posts', '/users/me/posts'],
    ['/users/ada/posts', '/users/:id/posts'],
    ['/users/ada/other/x', '/users/*'],
  ])('the more specific one has %s: %s', async (path, expected) => {
    for (const operations of [listed, listed.toReversed()]) {
      const response = await createApi({ info }, operations).request(path)
      expect(await response.json()).toBe(expected)
    }
  })

  it('the document keeps their order', async () => {
    const operations = [at('/users/:id'), at('/users/me')]
    const app = createApi({ info, document: '/openapi.json' }, operations)
    const { paths } = (await (await app.request('/openapi.json')).json()) as { paths: object }
    expect(Object.keys(paths)).toEqual(['/users/{id}', '/users/me'])
    expect(await (await app.request('/users/me')).json()).toBe('/users/me')
  })
})
