// The compiler and the check at run time have one sentence for one mistake in the spelling of a callback's key.
// Mistakes about declarations are in packages/core/test/key-mistakes.ts.
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

const UNPAIRED =
  'has a brace without its pair; write { before and } after each expression, and none inside'
const BLANKS = 'has blanks at its start or end; remove them'
const KEY = 'is not a callback key; write a URL with %25 for % and each expression in braces'

const ofDeclaring = {
  '{$request.query.}': "query parameter '' is not declared",
  '{$request.query.a"b}': `'$request.query.a"b' ${SYNTAX}`,
  '{$request.header.X-Called}': "header 'x-called' is not declared",
  '{$request.header.x y}': `'$request.header.x y' ${SYNTAX}`,
  '{$request.header.}': "'$request.header.' lacks a name; write '$request.header.NAME'",
  'https://a.example/{$request.header.Authorization}':
    "'$request.header.Authorization' reads credentials; read another header",
  'https://a.example/{$response.header.Set-Cookie}':
    "'$response.header.Set-Cookie' reads credentials; read another header",
  '{$request.body#/}': "the request body has no '/'",
  '{$request.body#id}': `'$request.body#id' ${POINTER}`,
  '{$request.body#/a~2}': `'$request.body#/a~2' ${POINTER}`,
  '{$request.body#/~~01}': `'$request.body#/~~01' ${POINTER}`,
  '{$response.body#links}': `'$response.body#links' ${POINTER}`,
  '{$request.body.customer.a/c}':
    "the request body has no '/customer/a~1c'; did you mean '/customer/a~1b'?",
  '{$twice}': "'$twice' is ambiguous; write '$request.path.twice' or '$request.query.twice'",
  '{$request.cookie.x}': `'$request.cookie.x' ${SYNTAX}`,
  '{$request}': `'$request' ${SYNTAX}`,
  '{$}': `'$' ${SYNTAX}`,
  '{$response.status}': `'$response.status' ${SYNTAX}`,
  '{callback_url}/x': `'callback_url' ${SYNTAX}`,
  '{}': `'' ${SYNTAX}`,
  '{$request.query}/x': "'$request.query' lacks a name; write '$request.query.NAME'",
  '{$request.path}': "'$request.path' lacks a name; write '$request.path.NAME'",
  '{$response.header}': "'$response.header' lacks a name; write '$response.header.NAME'",
  '{ $request.body#/id }': `' $request.body#/id ' ${BLANKS}`,
  '{ $callback_url}': `' $callback_url' ${BLANKS}`,
  '{$url }': `'$url ' ${BLANKS}`,
  '{$request.header.X-Callback }': `'$request.header.X-Callback ' ${BLANKS}`,
  '{$request.query.callback_url }':
    "query parameter 'callback_url ' is not declared; did you mean 'callback_url'?",
  '{$request.query.callback_url': `'{$request.query.callback_url' ${UNPAIRED}`,
  'https://a.example/{$request.body#/id': `'https://a.example/{$request.body#/id' ${UNPAIRED}`,
  '{$request.query.callback_url}/{$request.body#/id': `'{$request.query.callback_url}/{$request.body#/id' ${UNPAIRED}`,
  'https://a.example/$url}': `'https://a.example/$url}' ${UNPAIRED}`,
  'https://a.example/{$request.body#/{$method}}': `'https://a.example/{$request.body#/{$method}}' ${UNPAIRED}`,
  'https://a.example/$request.body#/id': `'https://a.example/$request.body#/id' ${KEY}`,
  '$request.query.callback_url/{$request.body#/id}': `'$request.query.callback_url/{$request.body#/id}' ${BRACES}`,
  '$callback_url/invoices/{$request.body#/id}': `'$callback_url/invoices/{$request.body#/id}' ${BRACES}`,
  '$request.body.id/{$method}': `'$request.body.id/{$method}' ${BRACES}`,
  '$url/{$method}': `'$url/{$method}' ${BRACES}`,
} as const

const ofBare = {
  '{$request.header.a b}': `'$request.header.a b' ${SYNTAX}`,
  '{$request.body}': 'declare the body before the callback that reads it',
  '{$request.body#url}': `'$request.body#url' ${POINTER}`,
  '{$request.body.url}': 'declare the body before the callback that reads it',
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
