import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  bareOperation,
  linkTarget,
  MISTAKES,
  operation,
  UNDECLARED,
} from '../../test/key-mistakes.ts'
import { callback } from '../builders/callback.ts'
import { link } from '../builders/link.ts'
import { route } from '../builders/route.ts'
import type { OperationDefinition } from '../definition/definition.ts'
import type { AnySchema } from '../definition/schema.ts'
import { attachCallback } from './attach-callback.ts'

function check(key: string, of: OperationDefinition = operation['~definition']) {
  return attachCallback(of, 'paid', callback('post', key)['~definition'])
}

describe('attachCallback', () => {
  it.each([
    'https://ops.example.com/hook',
    '{$request.query.callback_url}/invoices/{$request.body#/id}',
    '{$request.header.X-Callback}/{$request.path.tenant}/{$method}/{$statusCode}',
    'https://a.example/?u={$url}',
    '$request.body#/id ',
    'https://a.example/{$request.body#/title}',
    'https://a.example/{$request.body#/customer/a~1b}',
    'https://a.example/{$request.body#/lines/12/sku}',
    'https://a.example/{$request.body#/pair/0/x}',
    'https://a.example/{$request.body#/prices/any thing/value}',
    '{$request.body#/target/url}',
    '{$request.body#/target/urls/0}',
    'https://a.example/{$request.body#/anything/at/all}',
    'https://a.example/{$request.body#/open/x}{$request.body#/rest/z/y}',
    'https://a.example/{$request.body#/tree/children/0/children/1/url}',
    'https://a.example/{$request.body#/when}',
    'https://a.example/{$response.body#/id}{$response.body#/links/self}',
    '{$response.header.Location}',
    'https://a.example/{$request.header.Accept}',
    'https://a.example/{$request.header.content-type}{$response.header.content-type}',
  ])('accepts %s', (key) => {
    expect(check(key).template.source).toBe(key)
  })

  it.each([
    ['{$method}', '{$method}'],
    ['{$statusCode}/x', '{$statusCode}'],
    ['{$request.body#/n}', '{$request.body#/n}'],
    ['$request.body#/list', '$request.body#/list'],
    ['{$request.query.page}/x', '{$request.query.page}'],
    ['{$request.header.x-n}', '{$request.header.x-n}'],
    ['{$response.body#/n}', '{$response.body#/n}'],
  ])('refuses %s, which begins with no URL', (key, what) => {
    const fields = v.object({
      n: v.number(),
      page: v.optional(v.boolean()),
      'x-n': v.date(),
      list: v.optional(v.array(v.string())),
      open: v.unknown(),
      either: v.union([v.number(), v.pipe(v.string(), v.url())]),
    })
    const of = route('post', '/x').query(fields).headers(fields).body(fields)
    const declared = of.response(200, fields)['~definition']
    expect(() => check(key, declared)).toThrow(
      `the callback 'paid' of POST /x: its key begins with ${what}, whose value is never a URL, so that nothing could be sent; begin it with 'https://', or with an expression that gives the URL, such as {$request.body#/callbackUrl}`,
    )
    for (const fine of [
      '{$request.body#/open}',
      '{$request.body#/either}',
      'https://a.example/{$method}/{$request.body#/n}',
    ]) {
      expect(() => check(fine, declared)).not.toThrow()
    }
  })

  it('asks for no declaration of Accept and Content-Type, which OpenAPI ignores', () => {
    const bare = bareOperation['~definition']
    const key = 'https://a.example/{$request.header.Accept}/{$request.header.content-type}'
    expect(check(key, bare).template.source).toBe(key)
    expect(check('https://a.example/{$response.header.content-type}', bare)).toBeDefined()
    expect(() => check('https://a.example/{$request.header.accept-language}', bare)).toThrow(
      'declare the headers before the callback that reads them',
    )
  })

  it('refuses the first mistake of a key', () => {
    const key = '{$request.query.cb}/{$request.body#/idd}'
    expect(() => check(key)).toThrow("query parameter 'cb' is not declared")
  })

  it.each([
    ['{$request.cookie.x}', /'\$request\.cookie\.x' is not a runtime expression; write /],
    ['{callback_url}/x', /'callback_url' is not a runtime expression; write /],
    ['{$request.header.Authorization}', /credentials/],
    ['https://{$request.body#/id}evil.example/', /lets a value change the host/],
  ])('refuses %s, like every template', (key, message) => {
    expect(() => check(key)).toThrow(message)
    expect(() => check(key)).toThrow(expect.objectContaining({ code: 'expression' }))
  })

  it("rewrites FastAPI's shorthand into the form of the specification", () => {
    expect(check('{$callback_url}/invoices/{$request.body.id}').template.source).toBe(
      '{$request.query.callback_url}/invoices/{$request.body#/id}',
    )
  })

  it('copies the parts of an exchange that it reads, and nothing else', () => {
    const { capture } = check('{$request.query.callback_url}/invoices/{$request.body#/id}')
    const request = {
      method: 'POST',
      url: 'https://api.example.com/x?callback_url=a&secret=b',
      pathParams: { tenant: 'acme' },
      headers: { authorization: 'Bearer x' },
      body: { id: '7', password: 'hidden' },
    }
    expect(capture({ request })).toEqual({
      request: {
        method: 'POST',
        url: 'https://api.example.com/x?callback_url=a',
        pathParams: {},
        headers: {},
        body: { id: '7' },
      },
    })
  })
})

// check-types.test-d.ts has the same for the compiler
describe('an expression that reads something undeclared', () => {
  const linkTo = (value: string, from: OperationDefinition) =>
    link(linkTarget, { status: 202, parameters: { value } })['~attach'](from, 'next')

  it.each(MISTAKES)('%s: %s', (expression, sentence) => {
    const code = 'expression'
    const place = 'POST /tenants/:tenant/invoices'
    expect(() => check(`{${expression}}`)).toThrow(
      expect.objectContaining({ code, message: `the callback 'paid' of ${place}: ${sentence}` }),
    )
    expect(() => linkTo(expression, operation['~definition'])).toThrow(
      expect.objectContaining({ code, message: `the link 'next' of ${place}: ${sentence}` }),
    )
  })

  it.each(UNDECLARED)('%s: %s before the callback or link that reads %s', (...row) => {
    const [expression, declare, pronoun] = row
    const bare = bareOperation['~definition']
    expect(() => check(`{${expression}}`, bare)).toThrow(
      `the callback 'paid' of POST /x: ${declare} before the callback that reads ${pronoun}`,
    )
    expect(() => linkTo(expression, bare)).toThrow(
      `the link 'next' of POST /x: ${declare} before the link that reads ${pronoun}`,
    )
  })
})

describe('schemas of other libraries', () => {
  function other(json?: object): AnySchema {
    const validate = (value: unknown) => ({ value })
    const convert = { input: () => json, output: () => json }
    const standard = {
      version: 1,
      vendor: 'other',
      validate,
      ...(json && { jsonSchema: convert }),
    } as const
    return { '~standard': standard } satisfies AnySchema
  }
  const bodyOf = (json?: object) => route('post', '/x').body(other(json))['~definition']

  const json = {
    type: 'object',
    properties: {
      id: { type: 'string' },
      lines: { type: 'array', items: { $ref: '#/$defs/line' } },
      pair: { type: 'array', prefixItems: [{ type: 'object', properties: { x: {} } }] },
      either: { anyOf: [{ type: 'null' }, { type: 'object', properties: { url: {} } }] },
      prices: { type: 'object', additionalProperties: { type: 'number' } },
      any: {},
    },
    $defs: { line: { type: 'object', properties: { sku: { type: 'string' } } } },
  }

  it.each(['id', 'lines/3/sku', 'pair/0/x', 'either/url', 'prices/p', 'any/thing'])(
    'are read through their JSON Schema: /%s',
    (pointer) => {
      expect(() =>
        check(`https://a.example/{$request.body#/${pointer}}`, bodyOf(json)),
      ).not.toThrow()
    },
  )

  it.each(['idd', 'lines/x', 'lines/0/x', 'pair/1', 'either/x', 'prices/p/q'])(
    'lack members that their JSON Schema lacks: /%s',
    (pointer) => {
      expect(() => check(`https://a.example/{$request.body#/${pointer}}`, bodyOf(json))).toThrow(
        expect.objectContaining({ code: 'expression' }),
      )
    },
  )

  it('are trusted without a JSON Schema', () => {
    expect(() => check('https://a.example/{$request.body#/x/y}', bodyOf())).not.toThrow()
  })
})
