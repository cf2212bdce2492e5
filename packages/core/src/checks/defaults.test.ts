import { type Exchange, resolveUrl } from '@ringback/expression'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { callback } from '../builders/callback.ts'
import { route } from '../builders/route.ts'

const operation = route('post', '/x')
  .query(
    v.object({
      url: v.optional(v.string(), 'https://default.example/a?b'),
      page: v.optional(v.string(), () => 'made'),
    }),
  )
  .headers(v.object({ 'x-url': v.optional(v.string(), 'https://header.example') }))
  .body(
    v.object({
      id: v.optional(v.string(), 'none'),
      to: v.optional(v.object({ url: v.optional(v.string(), 'https://inner.example') })),
      whole: v.optional(v.object({ url: v.string() }), { url: 'https://whole.example' }),
    }),
  )['~definition']

function urlOf(key: string, change: Partial<Exchange['request']> = {}) {
  const { template, capture } = callback('post', key)['~attach'](operation, 'c')
  const exchange: Exchange = {
    request: {
      method: 'POST',
      url: 'https://api.example.com/x',
      pathParams: {},
      headers: {},
      body: {},
      ...change,
    },
  }
  const resolved = resolveUrl(template, capture(exchange))
  return resolved.ok ? resolved.url : resolved.code
}

describe('the defaults of schemas', () => {
  it.each([
    ['{$request.query.url}', {}, 'https://default.example/a?b'],
    [
      '{$request.query.url}',
      { url: 'https://api.example.com/x?url=https://sent.example' },
      'https://sent.example/',
    ],
    ['https://a.example/{$request.query.page}', {}, 'https://a.example/made'],
    ['{$request.header.X-Url}', {}, 'https://header.example/'],
    [
      '{$request.header.X-Url}',
      { headers: { 'X-URL': 'https://sent.example' } },
      'https://sent.example/',
    ],
    ['https://a.example/{$request.body#/id}', {}, 'https://a.example/none'],
    ['https://a.example/{$request.body#/id}', { body: { id: '7' } }, 'https://a.example/7'],
    ['{$request.body#/to/url}', {}, 'missing'],
    ['{$request.body#/to/url}', { body: { to: {} } }, 'https://inner.example/'],
    ['{$request.body#/whole/url}', {}, 'https://whole.example/'],
  ])('%s with %j gives %s', (key, change, expected) => {
    expect(urlOf(key, change)).toBe(expected)
  })

  it('leaves the exchange as it was', () => {
    const body = { to: {} }
    urlOf('{$request.body#/to/url}', { body })
    expect(body).toEqual({ to: {} })
  })
})
