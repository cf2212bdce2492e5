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
      none: v.nullish(v.string(), 'https://null.example'),
      nullable: v.optional(v.nullable(v.string(), 'https://inside.example')),
      parent: v.nullish(v.object({ url: v.string() }), { url: 'https://parent.example' }),
      both: v.optional(v.nullable(v.string(), 'https://a.example'), 'https://b.example'),
      absent: v.optional(v.nullable(v.string()), 'https://absent.example'),
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
    ['{$request.body#/none}', { body: { none: null } }, 'https://null.example/'],
    ['{$request.body#/none}', {}, 'https://null.example/'],
    ['{$request.body#/none}', { body: { none: 'https://sent.example' } }, 'https://sent.example/'],
    ['{$request.body#/nullable}', { body: { nullable: null } }, 'https://inside.example/'],
    ['{$request.body#/parent/url}', { body: { parent: null } }, 'https://parent.example/'],
    ['{$request.body#/nullable}', {}, 'missing'],
    ['{$request.body#/both}', { body: { both: null } }, 'https://a.example/'],
    ['{$request.body#/both}', {}, 'https://b.example/'],
    ['{$request.body#/absent}', { body: { absent: null } }, 'missing'],
  ])('%s with %j gives %s', (key, change, expected) => {
    expect(urlOf(key, change)).toBe(expected)
  })

  it('leaves the exchange as it was', () => {
    const body = { to: {} }
    urlOf('{$request.body#/to/url}', { body })
    expect(body).toEqual({ to: {} })
  })
})
