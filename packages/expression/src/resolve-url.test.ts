import { describe, expect, it } from 'vitest'
import { parseTemplate } from './parse-template.ts'
import { resolveUrl } from './resolve-url.ts'

function resolve(key: string, v: unknown, base?: string) {
  const request = {
    method: 'POST',
    url: 'https://api.example.com/?tag=a&tag=b',
    pathParams: {},
    headers: { 'x-tag': ['a', 'b'], 'x-url': ['https://a.example', 'https://b.example'] },
    body: { v },
  }
  return resolveUrl(parseTemplate(key), { request }, base === undefined ? {} : { base })
}

describe('resolveUrl', () => {
  it.each([
    ['{$request.body#/v}/a/1', 'https://h.example/cb/', 'https://h.example/cb/a/1'],
    ['{$request.body#/v}/a/1', 'https://h.example/cb', 'https://h.example/cb/a/1'],
    ['{$request.body#/v}?a=1', 'https://h.example', 'https://h.example/?a=1'],
    ['{$request.body#/v}&a=1', 'https://h.example?t', 'https://h.example/?t&a=1'],
    ['{$request.body#/v}&a=1', 'https://h.example/cb', 'https://h.example/cb&a=1'],
    ['{$request.body#/v}&a=1', 'https://h.example', 'https://h.example/&a=1'],
    ["{$request.body#/v}&a='", 'https://h.example/?t', 'https://h.example/?t&a=%27'],
    ['{$request.body#/v}#f', 'https://h.example/#g', 'https://h.example/'],
    ['https://h.example/{$request.body#/v}', '%2e', 'https://h.example/%252e'],
    ['https://h.example/a{$request.body#/v}', '', 'https://h.example/a'],
    ['https://h.example/?a={$request.body#/v}', true, 'https://h.example/?a=true'],
    ['https://h.example/?a={$request.body#/v}', 1e-7, 'https://h.example/?a=1e-7'],
    ['https://h.example/?a={$request.body#/v}', -0, 'https://h.example/?a=0'],
    ['https://h.example/{$request.header.x-tag}', 0, 'https://h.example/a%2C%20b'],
    ['{$request.body#/v}://h.example/', 'HTTP', 'http://h.example/'],
    ['https://{$request.body#/v}/', '[::1]:8080', 'https://[::1]:8080/'],
    ['https://{$request.body#/v}:81/', 'h.example', 'https://h.example:81/'],
    ['https://h.example:{$request.body#/v}/', 443, 'https://h.example/'],
    ['https://h.example/a/../{$request.body#/v}', 'b', 'https://h.example/b'],
  ])('builds %s with %j', (key, v, url) => {
    expect(resolve(key, v)).toEqual({ ok: true, url })
  })

  it.each([
    ['{$request.body#/v}', null, 'missing'],
    ['https://h.example/{$request.body#/v}', null, 'missing'],
    ['{$request.body#/v}', true, 'type'],
    ['https://h.example/{$request.body#/v}', 2 ** 53, 'type'],
    ['https://h.example/{$request.body#/v}', 1e21, 'type'],
    ['https://h.example/{$request.body#/v}', Number.NaN, 'type'],
    ['https://h.example/{$request.query.tag}', 0, 'multi-value'],
    ['{$request.header.x-url}', 0, 'multi-value'],
    ['https://{$request.header.x-tag}/', 0, 'multi-value'],
    ['{$request.body#/v}', '', 'empty'],
    ['https://h.example/{$request.body#/v}', '', 'empty'],
    ['https://h.example/{$request.body#/v}{$request.body#/v}/', '', 'empty'],
    ['https://h.example/{$request.body#/v}{$request.body#/v}/', '.', 'dot-segment'],
    ['https://h.example/.{$request.body#/v}/', '.', 'dot-segment'],
    ['https://h.example/%2E{$request.body#/v}', '.', 'dot-segment'],
    ['https://h.example/{$request.body#/v}.', '.', 'dot-segment'],
    ['https://h.example/.{$request.body#/v}', '', 'dot-segment'],
    ['{$request.body#/v}/?a', 'https://h.example/?', 'base-has-query'],
    ['{$request.body#/v}/a', 'https://h.example/#', 'base-has-fragment'],
    ['{$request.body#/v}://h.example/', 'ftp', 'unsafe-scheme'],
    ['https://{$request.body#/v}.h.example/', 'a。b', 'unsafe-host'],
    ['https://{$request.body#/v}.h.example/', '-a', 'unsafe-host'],
    ['https://{$request.body#/v}.h.example/', '', 'unsafe-host'],
    ['https://{$request.body#/v}/', '', 'unsafe-host'],
    ['https://{$request.body#/v}/', 'a@b.example', 'unsafe-host'],
    ['https://{$request.body#/v}/', 'a.example\\b', 'unsafe-host'],
    ['https://{$request.body#/v}/', 'user:password', 'invalid-url'],
    ['https://{$request.body#/v}/', '[::1', 'invalid-url'],
    ['https://{$request.body#/v}:81/', 'h.example:82', 'invalid-url'],
    ['https://{$request.body#/v}/', 'a%2eb', 'unsafe-host'],
    ['https://h.example:{$request.body#/v}/', '', 'unsafe-host'],
    ['https://h.example:{$request.body#/v}/', '99999', 'invalid-url'],
    ['https://h.example/{$request.body#/v}', 'é'.repeat(2000), 'too-long'],
  ])('refuses %s with %j', (key, v, code) => {
    expect(resolve(key, v)).toMatchObject({ ok: false, code })
  })

  it('resolves relative values and templates only against a base', () => {
    const base = 'https://h.example/app/'
    expect(resolve('{$request.body#/v}/x', '/cb', base)).toMatchObject({
      url: 'https://h.example/cb/x',
    })
    expect(resolve('cb/{$request.body#/v}', 1, base)).toMatchObject({
      url: 'https://h.example/app/cb/1',
    })
    expect(resolve('/cb/{$request.body#/v}', 1)).toMatchObject({ code: 'not-absolute' })
    expect(resolve('/{$request.body#/v}/h.example', '', base)).toMatchObject({ code: 'empty' })
    expect(resolve('/{$request.body#/v}', 1, 'nope')).toMatchObject({ code: 'invalid-url' })
  })

  it('names the expression that failed as it was written, and never its value', () => {
    expect(resolve('https://h.example/{$Request.Body#/v}', '..')).toEqual({
      ok: false,
      code: 'dot-segment',
      expression: '$Request.Body#/v',
      message: "'$Request.Body#/v' makes a path segment . or ..; send other text",
    })
    expect(resolve('https://h.example:{$request.body#/v}/', '99999')).toMatchObject({
      expression: 'https://h.example:{$request.body#/v}/',
    })
  })

  it('gives each exchange its own URL, whatever came before', () => {
    const template = parseTemplate('{$request.query.u}/{$request.body#/v}')
    const exchangeOf = (query: string, v: number) => ({
      request: { method: 'POST', url: `/?${query}`, pathParams: {}, headers: {}, body: { v } },
    })
    const queries = ['u=https://a.example/x', 'u=https://a.example/y', 'u=ftp://a', 'v=1', '']
    const whole = (query: string, v: number) => {
      const resolution = resolveUrl(template, exchangeOf(query, v))
      return resolution.ok ? resolution.url : resolution.code
    }
    for (let v = 0; v < 3; v += 1) {
      expect(queries.flatMap((query) => [whole(query, v), whole(query, v)])).toEqual([
        ...[`https://a.example/x/${v}`, `https://a.example/x/${v}`],
        ...[`https://a.example/y/${v}`, `https://a.example/y/${v}`],
        ...['unsafe-scheme', 'unsafe-scheme', 'missing', 'missing', 'missing', 'missing'],
      ])
    }
    const declared = { query: [] }
    const exchange = exchangeOf('u=https://a.example/x', 1)
    expect(resolveUrl(template, exchange, { declared })).toMatchObject({ code: 'undeclared' })
    expect(resolveUrl(structuredClone(template), exchange)).toMatchObject({ ok: true })
  })

  it('never reads the query of a response', () => {
    const url = '/?u=https://a.example/x'
    const exchange = {
      request: { method: 'GET', url, pathParams: {}, headers: {} },
      response: { status: 200, headers: {} },
    }
    const template = parseTemplate('{$response.query.u}')
    expect(resolveUrl(template, exchange)).toMatchObject({ code: 'missing' })
  })

  it('refuses a name that the options do not declare', () => {
    const exchange = { request: { method: 'GET', url: '/?u=1', pathParams: {}, headers: {} } }
    const template = parseTemplate('https://h.example/{$request.query.u}')
    const options = { declared: { query: ['v'] } }
    expect(resolveUrl(template, exchange, options)).toMatchObject({
      code: 'undeclared',
      expression: '$request.query.u',
    })
  })
})
