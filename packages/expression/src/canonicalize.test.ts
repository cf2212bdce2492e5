import { describe, expect, it } from 'vitest'
import { canonicalize } from './canonicalize.ts'

const declared = { path: ['tenant'], query: ['callback_url', 'a"b'], header: ['X-Callback'] }

describe('canonicalize', () => {
  it.each([
    ['{$callback_url}/{$tenant}', '{$request.query.callback_url}/{$request.path.tenant}'],
    ['{$x-callback}', '{$request.header.X-Callback}'],
    ['$callback_url', '$request.query.callback_url'],
    ['$callback_url ', '$request.query.callback_url'],
    ['{$a"b}', '{$request.query.a\\"b}'],
    ['https://a.example/{$request.body.a.b/c}', 'https://a.example/{$request.body#/a/b~1c}'],
    ['{$Request.Body.id}', '{$request.body#/id}'],
    ['{$response.body.links.self}', '{$response.body#/links/self}'],
  ])('rewrites %s', (key, expected) => {
    expect(canonicalize(key, declared)).toBe(expected)
  })

  it.each([
    'https://ops.example.com/hook',
    '{$request.query.callback_url}/{$request.body#/id}',
    '{$url}{$method}{$StatusCode}',
    '{$request.body}',
    '{callback_url}/x',
    '$callback_url/invoices/{$request.body#/id}',
    '$request.body.url/{$request.body.id}',
    '{$request.cookie.a}',
    '{$request}',
    '',
  ])('leaves %j as it is', (key) => {
    expect(canonicalize(key, declared)).toBe(key)
  })

  it('refuses a name that no parameter has, or two have', () => {
    expect(() => canonicalize('{$nope}', declared)).toThrow(
      expect.objectContaining({ code: 'undeclared', expression: '$nope' }),
    )
    expect(() => canonicalize('{$constructor}', {})).toThrow(
      expect.objectContaining({ code: 'undeclared' }),
    )
    expect(() => canonicalize('{$tenant}', { ...declared, query: ['tenant'] })).toThrow(
      "'$tenant' is ambiguous; write '$request.path.tenant' or '$request.query.tenant'",
    )
  })
})
