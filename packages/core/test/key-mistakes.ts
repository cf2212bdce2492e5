import * as v from 'valibot'
import { route } from '../src/index.ts'

interface Tree {
  children: Tree[]
  url: string
}
const Tree: v.GenericSchema<Tree> = v.object({
  children: v.array(v.lazy(() => Tree)),
  url: v.string(),
})

/** An operation with declarations of every kind, whose expressions both the compiler and the builders check. */
export const operation = route('post', '/tenants/:tenant/invoices')
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
  })

/** An operation without declarations, apart from a response for links. */
export const bareOperation = route('post', '/x').response(202)

/** The target of links, with one parameter. */
export const linkTarget = route('get', '/y').query(v.object({ value: v.string() }))

/**
 * Expressions that read what `operation` does not declare, with the sentence that both the compiler and the builders
 * have for each.
 */
export const MISTAKES = [
  ['$request.query.cb', "query parameter 'cb' is not declared"],
  [
    '$request.query.callbackUrl',
    "query parameter 'callbackUrl' is not declared; did you mean 'callback_url'?",
  ],
  ['$request.header.x-calback', "header 'x-calback' is not declared; did you mean 'x-callback'?"],
  ['$request.header.other', "header 'other' is not declared"],
  ['$request.path.tenat', "path parameter 'tenat' is not declared; did you mean 'tenant'?"],
  ['$request.path.id', "path parameter 'id' is not declared"],
  ['$request.body#/idd', "the request body has no '/idd'; did you mean '/id'?"],
  ['$request.body#/ID', "the request body has no '/ID'; did you mean '/id'?"],
  ['$request.body#/other/id', "the request body has no '/other/id'"],
  [
    '$request.body#/customer/nam',
    "the request body has no '/customer/nam'; did you mean '/customer/name'?",
  ],
  [
    '$request.body#/custmer/name',
    "the request body has no '/custmer/name'; did you mean '/customer/name'?",
  ],
  [
    '$request.body#/customer/a~1bc',
    "the request body has no '/customer/a~1bc'; did you mean '/customer/a~1b'?",
  ],
  ['$request.body#/id/x', "the request body has no '/id/x'"],
  ['$request.body#/lines/01', "the request body has no '/lines/01'"],
  ['$request.body#/lines/-1', "the request body has no '/lines/-1'"],
  ['$request.body#/lines/length', "the request body has no '/lines/length'"],
  ['$request.body#/pair/2', "the request body has no '/pair/2'"],
  [
    '$request.body#/target/uri',
    "the request body has no '/target/uri'; did you mean '/target/url'?",
  ],
  ['$request.body#/constructor', "the request body has no '/constructor'"],
  [
    '$request.body.customer.nane',
    "the request body has no '/customer/nane'; did you mean '/customer/name'?",
  ],
  ['$response.body#/self', "no declared response has '/self'"],
  [
    '$response.body#/links/sel',
    "no declared response has '/links/sel'; did you mean '/links/self'?",
  ],
  [
    '$response.header.locatio',
    "response header 'locatio' is not declared; did you mean 'location'?",
  ],
  ['$callbackurl', "no parameter 'callbackurl' is declared; did you mean 'callback_url'?"],
  ['$other', "no parameter 'other' is declared"],
] as const

/**
 * Expressions that read a part which `bareOperation` does not declare, with the beginning and the end of the sentence:
 * `declare the body before the callback that reads it`.
 */
export const UNDECLARED = [
  ['$request.query.url', 'declare the query', 'it'],
  ['$request.header.url', 'declare the headers', 'them'],
  ['$request.body#/url', 'declare the body', 'it'],
  ['$response.body#/url', 'declare the response', 'it'],
  ['$response.header.url', "declare the response's headers", 'them'],
] as const
