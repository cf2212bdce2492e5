import type { StandardSchemaV1 } from '@standard-schema/spec'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { callback } from '../builders/callback.ts'
import { route } from '../builders/route.ts'
import type { OperationDefinition } from '../definition/definition.ts'
import type { AnySchema } from '../definition/schema.ts'
import { checkCallback } from './check-callback.ts'

interface Tree {
  children: Tree[]
  url: string
}
const Tree: v.GenericSchema<Tree> = v.object({
  children: v.array(v.lazy(() => Tree)),
  url: v.string(),
})

const operation = route('post', '/tenants/:tenant/invoices')
  .query(v.object({ callback_url: v.optional(v.string()), tag: v.array(v.string()) }))
  .headers(v.object({ 'x-callback': v.string() }))
  .body(
    v.object({
      id: v.string(),
      title: v.nullish(v.string()),
      customer: v.object({ name: v.string(), 'a/b': v.string() }),
      lines: v.array(v.object({ sku: v.pipe(v.string(), v.trim()) })),
      pair: v.tuple([v.object({ x: v.number() }), v.string()]),
      prices: v.record(v.string(), v.object({ value: v.number() })),
      target: v.nullable(
        v.union([v.object({ url: v.string() }), v.object({ urls: v.array(v.string()) })]),
      ),
      anything: v.unknown(),
      open: v.looseObject({}),
      rest: v.objectWithRest({}, v.object({ y: v.string() })),
      tree: Tree,
      when: v.pipe(
        v.string(),
        v.transform((text) => new Date(text)),
      ),
    }),
  )
  .response(200, v.object({ id: v.pipe(v.string(), v.toNumber(), v.number()) }))
  .response(202, v.object({ links: v.object({ self: v.string() }) }), {
    headers: v.object({ location: v.string() }),
  })['~definition']

function check(key: string, of: OperationDefinition = operation) {
  return checkCallback(of, 'paid', callback('post', key)['~definition'])
}

describe('checkCallback', () => {
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
  ])('accepts %s', (key) => {
    expect(check(key).template.source).toBe(key)
  })

  // the sentences that key-problem.test-d.ts of @ringback/expression has for the compiler
  it.each([
    ['{$request.body#/idd}', "the request body has no '/idd'; did you mean '/id'?"],
    ['{$request.query.cb}/{$request.body#/idd}', "query parameter 'cb' is not declared"],
    [
      '{$request.query.callbackUrl}',
      "query parameter 'callbackUrl' is not declared; did you mean 'callback_url'?",
    ],
    [
      '{$request.header.x-calback}',
      "header 'x-calback' is not declared; did you mean 'x-callback'?",
    ],
    ['{$request.path.tenat}', "path parameter 'tenat' is not declared; did you mean 'tenant'?"],
    [
      '{$request.body#/customer/nam}',
      "the request body has no '/customer/nam'; did you mean '/customer/name'?",
    ],
    [
      '{$request.body#/custmer/name}',
      "the request body has no '/custmer/name'; did you mean '/customer/name'?",
    ],
    ['{$request.body#/id/x}', "the request body has no '/id/x'"],
    ['{$request.body#/lines/01}', "the request body has no '/lines/01'"],
    ['{$request.body#/lines/-1}', "the request body has no '/lines/-1'"],
    ['{$request.body#/lines/length}', "the request body has no '/lines/length'"],
    ['{$request.body#/pair/2}', "the request body has no '/pair/2'"],
    ['{$request.body#/constructor}', "the request body has no '/constructor'"],
    ['{$response.body#/self}', "no declared response has '/self'"],
    [
      '{$request.body.customer.nane}',
      "the request body has no '/customer/nane'; did you mean '/customer/name'?",
    ],
    ['{$callbackurl}', "no parameter 'callbackurl' is declared; did you mean 'callback_url'?"],
  ])('refuses %s', (key, sentence) => {
    expect(() => check(key)).toThrow(
      expect.objectContaining({
        code: 'expression',
        message: `the callback 'paid' of POST /tenants/:tenant/invoices: ${sentence}`,
      }),
    )
  })

  it.each([
    ['{$request.cookie.x}', /'\$request\.cookie\.x' is not a runtime expression; write /],
    ['{callback_url}/x', /'callback_url' is not a runtime expression; write /],
    ['{$request.header.Authorization}', /credentials/],
    ['https://{$request.body#/id}evil.example/', /lets a value change the host/],
  ])('refuses %s, as every template', (key, message) => {
    expect(() => check(key)).toThrow(message)
    expect(() => check(key)).toThrow(expect.objectContaining({ code: 'expression' }))
  })

  it.each([
    ['{$request.body#/url}', 'declare the body before the callback that reads it'],
    ['{$request.query.url}', 'declare the query before the callback that reads it'],
    ['{$request.header.url}', 'declare the headers before the callback that reads them'],
    ['{$response.body#/url}', 'declare the response before the callback that reads it'],
  ])('asks for what %s reads', (key, sentence) => {
    expect(() => check(key, route('post', '/x')['~definition'])).toThrow(sentence)
  })

  it("writes FastAPI's shorthand as the specification does", () => {
    expect(check('{$callback_url}/invoices/{$request.body.id}').template.source).toBe(
      '{$request.query.callback_url}/invoices/{$request.body#/id}',
    )
  })

  it('copies what it needs of an exchange, and nothing else', () => {
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
    return { '~standard': standard } satisfies StandardSchemaV1
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
    'lack what it lacks: /%s',
    (pointer) => {
      expect(() => check(`https://a.example/{$request.body#/${pointer}}`, bodyOf(json))).toThrow(
        expect.objectContaining({ code: 'expression' }),
      )
    },
  )

  it('are trusted where they have none', () => {
    expect(() => check('https://a.example/{$request.body#/x/y}', bodyOf())).not.toThrow()
  })
})
