// checked by tsc, never run
import { expectTypeOf, it } from 'vitest'
import type { DeclaredTypes, KeyProblem, Undeclared } from './key-problem.ts'

interface Declared extends DeclaredTypes {
  path: 'tenant'
  query: { callback_url?: string; tag: string[] }
  header: { 'x-callback': string }
  body: {
    id: string
    title?: string | null
    customer: { name: string; 'a/b': string; 'm~n': string }
    lines: { sku: string }[]
    pair: [{ x: 1 }, string]
    prices: Record<string, { value: number }>
    target: { url: string } | { urls: string[] } | null
    anything: unknown
    0: string
  }
  response: { id: number } | { links: { self: string } }
  responseHeader: { location: string }
}

type Problem<TKey extends string> = KeyProblem<TKey, Declared>

it('accepts what is declared', () => {
  expectTypeOf<
    | Problem<'https://ops.example.com/hook'>
    | Problem<'{$request.query.callback_url}/invoices/{$request.body#/id}'>
    | Problem<'{$request.header.X-Callback}/{$request.path.tenant}/{$method}/{$statusCode}'>
    | Problem<'https://a.example/?u={$url}'>
    | Problem<'$request.body#/id'>
    | Problem<'{$request.body#/id} '>
    | Problem<'https://a.example/{$request.body}'>
    | Problem<'https://a.example/{$request.body#/title}'>
    | Problem<'https://a.example/{$request.body#/customer/a~1b}{$request.body#/customer/m~0n}'>
    | Problem<'https://a.example/{$request.body#/lines/12/sku}'>
    | Problem<'https://a.example/{$request.body#/pair/0/x}'>
    | Problem<'https://a.example/{$request.body#/prices/any thing/value}'>
    | Problem<'{$request.body#/target/url}'>
    | Problem<'{$request.body#/target/urls/0}'>
    | Problem<'https://a.example/{$request.body#/anything/at/all}'>
    | Problem<'https://a.example/{$request.body#/0}'>
    | Problem<'https://a.example/{$response.body#/id}{$response.body#/links/self}'>
    | Problem<'{$response.header.Location}'>
    | Problem<'{$callback_url}/{$tenant}/{$X-Callback}'>
    | Problem<'https://a.example/{$request.body.customer.name}{$response.body.links.self}'>
    | Problem<string>
  >().toBeNever()
})

it('gives one sentence for what is not declared, or no expression', () => {
  expectTypeOf<
    Problem<'https://a.example/{$request.body#/idd}'>
  >().toEqualTypeOf<"the request body has no '/idd'; did you mean '/id'?">()
  expectTypeOf<
    Problem<'{$request.query.cb}/{$request.body#/idd}'>
  >().toEqualTypeOf<"query parameter 'cb' is not declared">()
  expectTypeOf<
    Problem<'{$request.query.callbackUrl}'>
  >().toEqualTypeOf<"query parameter 'callbackUrl' is not declared; did you mean 'callback_url'?">()
  expectTypeOf<
    Problem<'{$request.cookie.x}'>
  >().toEqualTypeOf<"'$request.cookie.x' is not a runtime expression; write one such as $request.body#/name">()
  expectTypeOf<
    Problem<'{callback_url}/x'>
  >().toEqualTypeOf<"'callback_url' is not a runtime expression; write one such as $request.body#/name">()
  expectTypeOf<
    Problem<'{$request.header.x-calback}'>
  >().toEqualTypeOf<"header 'x-calback' is not declared; did you mean 'x-callback'?">()
  expectTypeOf<
    Problem<'{$request.path.tenat}'>
  >().toEqualTypeOf<"path parameter 'tenat' is not declared; did you mean 'tenant'?">()
  expectTypeOf<
    Problem<'{$request.body#/customer/nam}'>
  >().toEqualTypeOf<"the request body has no '/customer/nam'; did you mean '/customer/name'?">()
  expectTypeOf<
    Problem<'{$request.body#/custmer/name}'>
  >().toEqualTypeOf<"the request body has no '/custmer/name'; did you mean '/customer/name'?">()
  expectTypeOf<
    Problem<'{$request.body#/id/x}'>
  >().toEqualTypeOf<"the request body has no '/id/x'">()
  expectTypeOf<
    Problem<'{$request.body#/lines/01}'> | Problem<'{$request.body#/lines/-1}'>
  >().toEqualTypeOf<"the request body has no '/lines/01'" | "the request body has no '/lines/-1'">()
  expectTypeOf<
    Problem<'{$request.body#/lines/length}'>
  >().toEqualTypeOf<"the request body has no '/lines/length'">()
  expectTypeOf<
    Problem<'{$request.body#/pair/2}'>
  >().toEqualTypeOf<"the request body has no '/pair/2'">()
  expectTypeOf<
    Problem<'{$request.body#id}'>
  >().toEqualTypeOf<"'$request.body#id' is not a runtime expression; after #, write / before each name, ~0 for ~">()
  expectTypeOf<
    Problem<'{$response.body#/self}'>
  >().toEqualTypeOf<"no declared response has '/self'">()
  expectTypeOf<
    Problem<'{$request.body.customer.nane}'>
  >().toEqualTypeOf<"the request body has no '/customer/nane'; did you mean '/customer/name'?">()
  expectTypeOf<
    Problem<'{$callbackurl}'>
  >().toEqualTypeOf<"no parameter 'callbackurl' is declared; did you mean 'callback_url'?">()
})

it('finds a member of any branch, also where the whole body or query is a union', () => {
  interface Unions extends DeclaredTypes {
    path: never
    query: { a: string } | { b: string }
    header: { 'x-a': string } | { 'x-b': string }
    body: { url: string } | { urls: string[] }
    response: Undeclared
    responseHeader: Undeclared
  }
  expectTypeOf<
    | KeyProblem<'https://a.example/{$request.query.a}{$request.query.b}', Unions>
    | KeyProblem<'https://a.example/{$request.header.x-a}{$request.header.x-b}', Unions>
    | KeyProblem<'https://a.example/{$request.body#/url}{$request.body#/urls/0}', Unions>
    | KeyProblem<'https://a.example/{$a}{$b}{$x-b}', Unions>
  >().toBeNever()
  expectTypeOf<
    KeyProblem<'https://a.example/{$request.body#/uri}', Unions>
  >().toEqualTypeOf<"the request body has no '/uri'; did you mean '/url'?">()
})

it('finds every member of any', () => {
  interface Any extends DeclaredTypes {
    path: never
    query: ReturnType<typeof JSON.parse>
    header: Undeclared
    body: ReturnType<typeof JSON.parse>
    response: unknown
    responseHeader: Undeclared
  }
  expectTypeOf<
    | KeyProblem<'{$request.body#/a}{$request.body}{$response.body#/b}', Any>
    | KeyProblem<'{$request.query.a}', Any>
  >().toBeNever()
})

it('names whatever has the key', () => {
  interface Nothing extends DeclaredTypes {
    path: never
    query: Undeclared
    header: Undeclared
    body: Undeclared
    response: Undeclared
    responseHeader: Undeclared
  }
  expectTypeOf<
    KeyProblem<'$request.body#/url', Nothing, 'link'>
  >().toEqualTypeOf<'declare the body before the link that reads it'>()
  expectTypeOf<
    KeyProblem<'$request.query.url', Nothing, 'link'>
  >().toEqualTypeOf<'declare the query before the link that reads it'>()
  expectTypeOf<
    KeyProblem<'$request.header.url', Nothing, 'link'>
  >().toEqualTypeOf<'declare the headers before the link that reads them'>()
  expectTypeOf<
    KeyProblem<'$response.body#/url', Nothing, 'link'>
  >().toEqualTypeOf<'declare the response before the link that reads it'>()
  expectTypeOf<
    KeyProblem<'$response.header.url', Nothing, 'link'>
  >().toEqualTypeOf<"declare the response's headers before the link that reads them">()
})

it('asks for a declaration that is missing, or comes too late', () => {
  interface Nothing extends DeclaredTypes {
    path: never
    query: Undeclared
    header: Undeclared
    body: Undeclared
    response: Undeclared
    responseHeader: Undeclared
  }
  expectTypeOf<
    KeyProblem<'{$request.body#/url}', Nothing>
  >().toEqualTypeOf<'declare the body before the callback that reads it'>()
  expectTypeOf<
    KeyProblem<'{$request.query.url}', Nothing>
  >().toEqualTypeOf<'declare the query before the callback that reads it'>()
  expectTypeOf<
    KeyProblem<'{$request.header.url}', Nothing>
  >().toEqualTypeOf<'declare the headers before the callback that reads them'>()
  expectTypeOf<
    KeyProblem<'{$response.body#/url}', Nothing>
  >().toEqualTypeOf<'declare the response before the callback that reads it'>()
  expectTypeOf<
    KeyProblem<'{$response.header.url}', Nothing>
  >().toEqualTypeOf<"declare the response's headers before the callback that reads them">()
  expectTypeOf<
    | KeyProblem<'{$url}', Nothing>
    | KeyProblem<'https://a.example/{$request.header.Accept}', Nothing>
    | KeyProblem<'https://a.example/{$request.header.content-type}', Nothing>
    | KeyProblem<'https://a.example/{$response.header.Content-Type}', Nothing>
  >().toBeNever()
  expectTypeOf<
    KeyProblem<'https://a.example/{$request.header.accept-language}', Nothing>
  >().toEqualTypeOf<'declare the headers before the callback that reads them'>()
})

it('refuses shorthand for the name of two parameters', () => {
  interface Twice extends DeclaredTypes {
    path: 'tenant'
    query: { tenant: string }
    header: Undeclared
    body: Undeclared
    response: Undeclared
    responseHeader: Undeclared
  }
  expectTypeOf<
    KeyProblem<'https://a.example/{$tenant}', Twice>
  >().toEqualTypeOf<"'$tenant' is ambiguous; write '$request.path.tenant' or '$request.query.tenant'">()
})
