// The compiler and the check at run time have one sentence for one mistake in a callback's key.
import { CoreError, callback, route } from '@ringback/core'
import type { DeclaredTypes, KeyProblem, Undeclared } from '@ringback/expression'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'

const declaring = route('post', '/tenants/:tenant/:twice')
  .query(v.object({ callback_url: v.string(), twice: v.string() }))
  .headers(v.object({ 'X-Callback': v.string() }))
  .body(
    v.object({
      id: v.string(),
      customer: v.object({ name: v.string(), 'a/b': v.string() }),
      lines: v.array(v.object({ sku: v.string() })),
      pair: v.tuple([v.object({ x: v.number() }), v.string()]),
    }),
  )
  .response(201, v.object({ links: v.object({ self: v.string() }) }), {
    headers: v.object({ location: v.string() }),
  })

interface Declaring extends DeclaredTypes {
  path: 'tenant' | 'twice'
  query: { callback_url: string; twice: string }
  header: { 'X-Callback': string }
  body: {
    id: string
    customer: { name: string; 'a/b': string }
    lines: { sku: string }[]
    pair: [{ x: number }, string]
  }
  response: { links: { self: string } }
  responseHeader: { location: string }
}

const bare = route('post', '/')

interface Bare extends DeclaredTypes {
  path: never
  query: Undeclared
  header: Undeclared
  body: Undeclared
  response: Undeclared
  responseHeader: Undeclared
}

/** The compiler's sentences by key. */
type Sentences<TKey extends string, TDeclared extends DeclaredTypes> = {
  readonly [TOne in TKey]: KeyProblem<TOne, TDeclared>
}

const SYNTAX = 'is not a runtime expression; write one such as $request.body#/name'
const POINTER = 'is not a runtime expression; after #, write / before each name, ~0 for ~'
const BRACES = 'mixes text and expressions; put each expression in braces'

const ofDeclaring = {
  '{$request.query.callbackUrl}':
    "query parameter 'callbackUrl' is not declared; did you mean 'callback_url'?",
  '{$request.query.cb}': "query parameter 'cb' is not declared",
  '{$request.query.}': "query parameter '' is not declared",
  '{$request.query.a"b}': `'$request.query.a"b' ${SYNTAX}`,
  '{$request.path.tenat}': "path parameter 'tenat' is not declared; did you mean 'tenant'?",
  '{$request.header.X-Called}': "header 'x-called' is not declared",
  '{$request.header.x y}': `'$request.header.x y' ${SYNTAX}`,
  '{$request.header.}': `'$request.header.' ${SYNTAX}`,
  'https://a.example/{$request.header.Authorization}':
    "'$request.header.Authorization' reads credentials; read another header",
  'https://a.example/{$response.header.Set-Cookie}':
    "'$response.header.Set-Cookie' reads credentials; read another header",
  '{$request.body#/idd}': "the request body has no '/idd'; did you mean '/id'?",
  '{$request.body#/customer/nam}':
    "the request body has no '/customer/nam'; did you mean '/customer/name'?",
  '{$request.body#/custmer/name}':
    "the request body has no '/custmer/name'; did you mean '/customer/name'?",
  '{$request.body#/customer/a~1c}':
    "the request body has no '/customer/a~1c'; did you mean '/customer/a~1b'?",
  '{$request.body#/id/x}': "the request body has no '/id/x'",
  '{$request.body#/lines/01/sku}': "the request body has no '/lines/01/sku'",
  '{$request.body#/lines/-}': "the request body has no '/lines/-'",
  '{$request.body#/pair/2}': "the request body has no '/pair/2'",
  '{$request.body#/constructor}': "the request body has no '/constructor'",
  '{$request.body#/}': "the request body has no '/'",
  '{$request.body#id}': `'$request.body#id' ${POINTER}`,
  '{$request.body#/a~2}': `'$request.body#/a~2' ${POINTER}`,
  '{$request.body#/~~01}': `'$request.body#/~~01' ${POINTER}`,
  '{$response.body#links}': `'$response.body#links' ${POINTER}`,
  '{$response.body#/links/sel}':
    "no declared response has '/links/sel'; did you mean '/links/self'?",
  '{$response.header.Locatio}':
    "response header 'locatio' is not declared; did you mean 'location'?",
  '{$request.body.customer.nane}':
    "the request body has no '/customer/nane'; did you mean '/customer/name'?",
  '{$request.body.customer.a/c}':
    "the request body has no '/customer/a~1c'; did you mean '/customer/a~1b'?",
  '{$callbackurl}': "no parameter 'callbackurl' is declared; did you mean 'callback_url'?",
  '{$nothing}': "no parameter 'nothing' is declared",
  '{$twice}': "'$twice' is ambiguous; write '$request.path.twice' or '$request.query.twice'",
  '{$request.cookie.x}': `'$request.cookie.x' ${SYNTAX}`,
  '{$request}': `'$request' ${SYNTAX}`,
  '{$}': `'$' ${SYNTAX}`,
  '{$response.status}': `'$response.status' ${SYNTAX}`,
  '{callback_url}/x': `'callback_url' ${SYNTAX}`,
  '{}': `'' ${SYNTAX}`,
  '$request.query.callback_url/{$request.body#/id}': `'$request.query.callback_url/{$request.body#/id}' ${BRACES}`,
  '$callback_url/invoices/{$request.body#/id}': `'$callback_url/invoices/{$request.body#/id}' ${BRACES}`,
  '$request.body.id/{$method}': `'$request.body.id/{$method}' ${BRACES}`,
  '$url/{$method}': `'$url/{$method}' ${BRACES}`,
} as const

const ofBare = {
  '{$request.query.url}': 'declare the query before the callback that reads it',
  '{$request.header.url}': 'declare the headers before the callback that reads them',
  '{$request.header.a b}': `'$request.header.a b' ${SYNTAX}`,
  '{$request.body}': 'declare the body before the callback that reads it',
  '{$request.body#/url}': 'declare the body before the callback that reads it',
  '{$request.body#url}': `'$request.body#url' ${POINTER}`,
  '{$request.body.url}': 'declare the body before the callback that reads it',
  '{$response.body#/url}': 'declare the response before the callback that reads it',
  '{$response.header.url}': "declare the response's headers before the callback that reads them",
  '{$url_}': "no parameter 'url_' is declared",
} as const

// the compiler's half: another sentence is a type error
ofDeclaring satisfies Sentences<keyof typeof ofDeclaring, Declaring>
ofBare satisfies Sentences<keyof typeof ofBare, Bare>

describe.each([
  ['an operation that declares every part', declaring, ofDeclaring],
  ['an operation that declares nothing', bare, ofBare],
] as const)('%s', (_, operation, rows) => {
  it.each(Object.entries(rows))('refuses %s with the sentence of the compiler', (key, sentence) => {
    const { method, path } = operation['~definition']
    const place = `the callback 'paid' of ${method.toUpperCase()} ${path}`
    expect(() => operation.callback('paid', callback('post', key))).toThrow(
      new CoreError('expression', `${place}: ${sentence}`),
    )
  })
})
