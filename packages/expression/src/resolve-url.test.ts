import { describe, expect, it } from 'vitest'
import { resolveUrl } from './resolve-url.ts'
import { parseTemplate } from './template.ts'

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
    ['{$request.body#/v}?a', 'https://h.example/?', 'base-has-query'],
    ['{$request.body#/v}/a', 'https://h.example/#', 'base-has-fragment'],
    ['{$request.body#/v}://h.example/', 'ftp', 'unsafe-scheme'],
    ['https://{$request.body#/v}.h.example/', 'a。b', 'unsafe-host'],
    ['https://{$request.body#/v}.h.example/', '-a', 'unsafe-host'],
    ['https://{$request.body#/v}.h.example/', '', 'unsafe-host'],
    ['https://{$request.body#/v}/', '', 'unsafe-host'],
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
      message: "'$Request.Body#/v' makes a path segment '.' or '..': send another value",
    })
    expect(resolve('https://h.example:{$request.body#/v}/', '99999')).toMatchObject({
      expression: 'https://h.example:{$request.body#/v}/',
    })
  })

  it('passes on what is declared', () => {
    const exchange = { request: { method: 'GET', url: '/?u=1', pathParams: {}, headers: {} } }
    const template = parseTemplate('https://h.example/{$request.query.u}')
    const options = { declared: { query: ['v'] } }
    expect(resolveUrl(template, exchange, options)).toMatchObject({
      code: 'undeclared',
      expression: '$request.query.u',
    })
  })
})
