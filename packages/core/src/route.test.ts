import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { callback } from './callback.ts'
import { route } from './route.ts'

const Order = v.object({ id: v.string() })
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
    ['body', () => bare.body(Order), { request: { body: Order } }],
    [
      'response',
      () => bare.response(200, Order).response(404, undefined, { description: 'none' }),
      { responses: { 200: { schema: Order }, 404: { description: 'none' } } },
    ],
    ['callback', () => bare.callback('paid', paid), { callbacks: { paid: paid['~definition'] } }],
  ])('%s gives a new builder and leaves the old one', (_, build, expected) => {
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
    })
  })

  it.each([
    ['a summary', () => bare.summary('a').summary('b'), /declares its summary twice/],
    ['a body', () => bare.body(Order).body(Order), /POST \/orders declares its body twice/],
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

  it('refuses a path without a slash', () => {
    expect(() => route('get', 'orders')).toThrow(expect.objectContaining({ code: 'path' }))
  })

  it('refuses HEAD, which Hono gives to GET', () => {
    expect(() => route('head', '/orders')).toThrow(expect.objectContaining({ code: 'path' }))
    expect(() => route('head', '/orders')).toThrow(/GET \/orders/)
  })

  it('takes names that objects inherit', () => {
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
  ])('%s gives a new builder and leaves the old one', (_, build, expected) => {
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
