import type { MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { problemFormat } from '../problems/problem-format.ts'
import { callback } from './callback.ts'
import { group } from './group.ts'
import { link } from './link.ts'
import { route } from './route.ts'
import { securityScheme } from './security.ts'
import { webhook } from './webhook.ts'

const Order = v.object({ id: v.string() })
const Text = v.string()
const pass: MiddlewareHandler = (_, next) => next()
const key = securityScheme('key', { type: 'apiKey', in: 'header', name: 'x-key' }, pass)
const words = problemFormat(Text, ({ detail }) => detail)
const paid = callback('post', 'https://a.example/paid').body(Order).response(204)

describe('route', () => {
  const bare = route('post', '/orders')

  it.each([
    ['summary', () => bare.summary('s'), { summary: 's' }],
    ['description', () => bare.description('d'), { description: 'd' }],
    ['operationId', () => bare.operationId('o'), { operationId: 'o' }],
    ['tags', () => bare.tags('a', 'b').tags('c'), { tags: ['a', 'b', 'c'] }],
    ['params', () => bare.params(Order), { request: { params: Order } }],
    ['query', () => bare.query(Order), { request: { query: Order } }],
    ['headers', () => bare.headers(Order), { request: { headers: Order } }],
    ['cookies', () => bare.cookies(Order), { request: { cookies: Order } }],
    [
      'body',
      () => bare.body(Order, { limit: 5 }),
      { request: { content: { 'application/json': { schema: Order, limit: 5 } } } },
    ],
    [
      'bodyAs',
      () => bare.body(Order).bodyAs('text/plain', Text),
      { request: { content: { 'application/json': {}, 'text/plain': { schema: Text } } } },
    ],
    [
      'response',
      () => bare.response(200, Order).response(404, undefined, { description: 'none' }),
      { responses: { 200: { schema: Order }, 404: { description: 'none' } } },
    ],
    [
      'responseAs',
      () => bare.response(200, Order).responseAs(200, 'text/csv', Text),
      { responses: { 200: { schema: Order, content: { 'text/csv': Text } } } },
    ],
    ['callback', () => bare.callback('paid', paid), { callbacks: { paid: paid['~definition'] } }],
    [
      'link',
      () => bare.response(201).link('self', link(bare, { status: 201 })),
      { links: { self: { status: '201', parameters: {} } } },
    ],
    ['deprecated', () => bare.deprecated(), { deprecated: true }],
    ['hidden', () => bare.hidden(), { hidden: true }],
    ['externalDocs', () => bare.externalDocs({ url: '/d' }), { externalDocs: { url: '/d' } }],
    ['use', () => bare.use(pass).use(pass, pass), { middleware: [pass, pass, pass] }],
    [
      'security',
      () => bare.use(pass).security(key),
      { security: [[key]], middleware: [pass, key['~middleware']] },
    ],
    ['problems', () => bare.problems(words), { problems: words }],
  ])('%s returns a new builder and leaves the old one unchanged', (_, build, expected) => {
    const before = bare['~definition']
    const built = build()
    expect(built['~definition']).toMatchObject(expected)
    expect(built).not.toBe(bare)
    expect(bare['~definition']).toBe(before)
    expect(before).toEqual({
      method: 'post',
      path: '/orders',
      request: {},
      responses: {},
      callbacks: {},
      inherited: {},
      links: {},
      middleware: [],
    })
  })

  it.each([
    ['a summary', () => bare.summary('a').summary('b'), /declares its summary twice/],
    ['a body', () => bare.body(Order).body(Order), /POST \/orders declares its body twice/],
    [
      'a body of one media type',
      () => bare.bodyAs('text/csv', Text).bodyAs('text/csv', Text),
      /declares its text\/csv body twice/,
    ],
    [
      'a response of one media type',
      () => bare.responseAs(200, 'text/csv').responseAs(200, 'text/csv'),
      /declares the response 200 as text\/csv twice/,
    ],
    [
      'a description of a response',
      () =>
        bare
          .response(200, Order, { description: 'a' })
          .responseAs(200, 'text/csv', Text, { description: 'b' }),
      /declares the response 200 with its description twice/,
    ],
    ['a response', () => bare.response(200).response(200), /declares the response 200 twice/],
    [
      'a callback',
      () => bare.callback('paid', paid).callback('paid', paid),
      /declares the callback 'paid' twice/,
    ],
  ])('refuses %s twice', (_, build, message) => {
    expect(build).toThrow(expect.objectContaining({ code: 'set-twice' }))
    expect(build).toThrow(message)
  })

  it.each([
    ['/orders?state=open', '?'],
    ['/orders#top', '#'],
    ['/my orders', ' '],
    ['/orders/:id/a?', '?'],
    ['/:order id', ' '],
  ])('refuses the path %s', (path, character) => {
    const message = `the path '${path}' contains '${character}', which the path of a URL cannot`
    expect(() => route('get', path)).toThrow(expect.objectContaining({ code: 'path' }))
    expect(() => route('get', path)).toThrow(message)
    expect(() => group({ prefix: path }).route('get', '/x')).toThrow(/which the path of a URL/)
  })

  it('takes such characters in patterns, and an optional parameter', () => {
    expect(() => route('get', '/a/:id{[a ]?b#/c?}/:last?')).not.toThrow()
  })

  it('refuses a path parameter twice, through the prefix of a group too', () => {
    const message = "the path '/:id/x/:id{[0-9]+}' has the parameter 'id' twice"
    expect(() => route('get', '/:id/x/:id{[0-9]+}')).toThrow(message)
    expect(() => group({ prefix: '/:id/x' }).route('get', '/:id{[0-9]+}')).toThrow(message)
  })

  it('refuses a path without a slash', () => {
    expect(() => route('get', 'orders')).toThrow(expect.objectContaining({ code: 'path' }))
  })

  it('refuses HEAD, which Hono answers by GET', () => {
    expect(() => route('head', '/orders')).toThrow(expect.objectContaining({ code: 'path' }))
    expect(() => route('head', '/orders')).toThrow(/GET \/orders/)
    expect(() => route('get', '/orders/{id}')).toThrow(/in Hono's syntax: ':id'/)
    expect(() => route('get', '/orders/:id{[0-9]+}')).not.toThrow()
  })

  it.each([99, 600, 20, 'XXX', '6XX'])('refuses the status %s', (status) => {
    expect(() => bare.response(status as 200)).toThrow(
      expect.objectContaining({ code: 'response' }),
    )
  })

  it.each([100, 103, '1XX'] as const)('refuses the interim status %s', (status) => {
    const build = () => bare.response(status as 200)
    expect(build).toThrow(expect.objectContaining({ code: 'response' }))
    expect(build).toThrow(
      `the operation POST /orders declares the response ${status}, which is an interim status`,
    )
    expect(() => paid.response(status as 200)).toThrow(/interim status/)
  })

  it.each([204, 205, 304] as const)('refuses a body of the response %s', (status) => {
    const message = new RegExp(`declares the response ${status} with a body`)
    expect(() => bare.response(status as 200, Order)).toThrow(message)
    expect(() => bare.responseAs(status as 200, 'text/csv')).toThrow(message)
    expect(() =>
      route('post', '/x')
        .response(status)
        .responseAs(status as 200, 'a/b'),
    ).toThrow(message)
    expect(() => callback('post', 'https://a.example').response(status as 200, Order)).toThrow(
      message,
    )
    expect(() => webhook('post', 'shipped').response(status as 200, Order)).toThrow(message)
    expect(() => group({ responses: { [status]: Order } })).toThrow(message)
    const headers = { headers: v.object({ etag: v.string() }) }
    expect(() => bare.response(status, undefined, headers)).not.toThrow()
  })

  it.each(['get', 'trace'] as const)('refuses a body for %s', (method) => {
    const bodiless = route(method, '/x') as unknown as typeof bare
    const bodilessIn = () => group({ prefix: '/g' }).route(method, '/x') as unknown as typeof bare
    const code = 'path'
    const message = `the operation ${method.toUpperCase()} /x has the method ${method.toUpperCase()}, which cannot have a body; declare it with 'post'`
    expect(() => bodiless.body(Order)).toThrow(expect.objectContaining({ code, message }))
    expect(() => bodiless.bodyAs('text/csv', Text)).toThrow(
      expect.objectContaining({ code, message }),
    )
    expect(() => bodilessIn().body(Order)).toThrow(/GET|TRACE/)
  })

  it('refuses a range as final', () => {
    expect(() => paid.response('4XX', undefined, { final: true })).toThrow(
      expect.objectContaining({
        code: 'response',
        message: expect.stringContaining('4XX as final'),
      }),
    )
  })

  it('takes the names of inherited members', () => {
    const built = bare.callback('constructor', paid).callback('toString', paid)
    expect(Object.keys(built['~definition'].callbacks)).toEqual(['constructor', 'toString'])
  })
})

describe('callback', () => {
  const bare = callback('post', '{$request.body#/url}')

  it.each([
    ['summary', () => bare.summary('s'), { summary: 's' }],
    ['description', () => bare.description('d'), { description: 'd' }],
    ['operationId', () => bare.operationId('o'), { operationId: 'o' }],
    ['tags', () => bare.tags('a'), { tags: ['a'] }],
    ['body', () => bare.body(Order), { body: Order }],
    ['response', () => bare.response(200, Order), { responses: { 200: { schema: Order } } }],
  ])('%s returns a new builder and leaves the old one unchanged', (_, build, expected) => {
    const before = bare['~definition']
    expect(build()['~definition']).toMatchObject(expected)
    expect(bare['~definition']).toBe(before)
    expect(before.body).toBeUndefined()
    expect(before.responses).toEqual({})
  })

  it('refuses a body twice', () => {
    expect(() => bare.body(Order).body(Order)).toThrow(
      expect.objectContaining({ code: 'set-twice' }),
    )
  })

  it.each(['get', 'head', 'trace'] as const)('refuses a body for %s', (method) => {
    const bodiless = callback(method, 'https://a.example')
    expect(() => bodiless.body(Order)).toThrow(expect.objectContaining({ code: 'path' }))
    expect(() => bodiless.body(Order)).toThrow(/declare it with 'post'/)
  })
})
