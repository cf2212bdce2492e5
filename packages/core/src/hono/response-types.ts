import type {
  ClientErrorStatusCode,
  RedirectStatusCode,
  ServerErrorStatusCode,
  SuccessStatusCode,
} from 'hono/utils/http-status'
import type { AnySchema, InputOf, OutputOf } from '../definition/schema.ts'

// the keys of responses: a status or range for JSON or no body, `200 text/csv` for another media type, and
// `200 headers` for headers

/** A declared response; only the methods of the context make one. */
export interface DeclaredResponse<TKey> extends Response {
  readonly '~response': TKey
}

/** The result of the context's methods for a response that no `.response(…)` declares. */
export interface UndeclaredResponse<TStatus = unknown> {
  readonly 'no .response(…) declares this status with this kind of body': TStatus
}

/** Headers by name, as Hono takes them beside a body. */
export type ResponseHeaderFields = Record<string, string | string[]>

type BodyOf<TSchema> = TSchema extends AnySchema ? OutputOf<TSchema> : never

/** The body that fits each of the statuses: an intersection, if the status is a union. */
type BodyOfAll<TResponses, TStatus extends keyof TResponses> = {
  [TOne in TStatus]: (body: BodyOf<TResponses[TOne]>) => void
}[TStatus] extends (body: infer TBody) => void
  ? TBody
  : never

/** The same, where some statuses are declared by a range, or not at all. */
type JsonOfAll<TResponses, TStatus extends number> = {
  [TOne in TStatus]: (body: JsonOfStatus<TResponses, TOne>) => void
}[TStatus] extends (body: infer TBody) => void
  ? TBody
  : never

/** The JSON body of one status; any, where the status is the mistake. */
type JsonOfStatus<TResponses, TStatus extends number> = TStatus extends keyof TResponses
  ? BodyOf<TResponses[TStatus]>
  : [RangeOf<TResponses, TStatus>] extends [never]
    ? unknown
    : BodyOf<TResponses[RangeOf<TResponses, TStatus>]>

/** The response of a status that is declared by itself or by a range. */
type JsonResponse<TResponses, TStatus extends number> = TStatus extends keyof TResponses
  ? DeclaredResponse<TStatus>
  : [RangeOf<TResponses, TStatus>] extends [never]
    ? UndeclaredResponse<TStatus>
    : DeclaredResponse<RangeOf<TResponses, TStatus>>

type HeadersOf<TResponses, TStatus extends number> = `${TStatus} headers` extends keyof TResponses
  ? HeadersFor<TResponses[`${TStatus} headers`]>
  : ResponseHeaderFields

type HeadersFor<TSchema> = TSchema extends AnySchema
  ? HeaderTexts<InputOf<TSchema>> & ResponseHeaderFields
  : ResponseHeaderFields

/** The headers as text, whatever type their schema converts it to. */
type HeaderTexts<TFields> = { readonly [TName in keyof TFields]: HeaderText<TFields[TName]> }

type HeaderText<TValue> = TValue extends string | undefined
  ? TValue
  : TValue extends readonly unknown[]
    ? string | string[]
    : string

/** The statuses of each range. */
export interface StatusesOf {
  readonly '2XX': SuccessStatusCode
  readonly '3XX': RedirectStatusCode
  readonly '4XX': ClientErrorStatusCode
  readonly '5XX': ServerErrorStatusCode
  readonly default: number
}

/** The statuses of a key: all of a range, or the status itself. */
export type ResponseStatusOf<TKey> = TKey extends keyof StatusesOf ? StatusesOf[TKey] : TKey

/** The range that declares a status. */
type RangeOf<TResponses, TStatus extends number> =
  | (`${TStatus}` extends `${infer TDigit}${number}`
      ? Extract<keyof TResponses, `${TDigit}XX`>
      : never)
  | Extract<keyof TResponses, 'default'>

/**
 * `c.json`: Hono's signature, narrowed to declared responses. The first signature has most calls, since the compiler
 * resolves it at the least cost. The next three have none: they fit Hono's own type, so that helpers take the context,
 * and the compiler reports the last of more than three signatures where the mistake is, at the wrong member.
 */
export interface ResponseWithJson<TResponses> {
  <TStatus extends keyof TResponses & number>(
    body: BodyOfAll<TResponses, TStatus>,
    status: TStatus,
    headers?: HeadersOf<TResponses, TStatus>,
  ): DeclaredResponse<TStatus>
  (this: never, body: unknown, status?: ResponseInit | number, headers?: unknown): never
  (this: never, body: unknown, status?: number, headers?: unknown): never
  (this: never, body: unknown, init?: ResponseInit): never
  (body: JsonOfStatus<TResponses, 200>): JsonResponse<TResponses, 200>
  <TStatus extends number>(
    body: JsonOfAll<TResponses, TStatus>,
    status: TStatus,
    headers?: HeadersOf<TResponses, TStatus>,
  ): JsonResponse<TResponses, TStatus>
}

/** Bytes, as `c.body` takes them. */
export type ResponseBytes = ArrayBuffer | Uint8Array<ArrayBuffer> | ReadableStream

/** The keys of a status for responses that are not JSON. */
type OtherKeys<TResponses, TStatus extends number> = Exclude<
  Extract<keyof TResponses, `${TStatus} ${string}`>,
  `${TStatus} headers`
>

/** The response of the key; without a key one that does not fit, as `never` would. */
export type ResponseFor<TKey> = [TKey] extends [never] ? UndeclaredResponse : DeclaredResponse<TKey>

/** Call signatures: Hono's own `c.body`, narrowed to what is declared. */
export interface ResponseWithBody<TResponses> {
  <TStatus extends keyof TResponses & number>(
    body: [Extract<TResponses[TStatus], AnySchema>] extends [never] ? null : never,
    status: TStatus,
    headers?: HeadersOf<TResponses, TStatus>,
  ): DeclaredResponse<TStatus>
  <TStatus extends number>(
    body: string | ResponseBytes,
    status: TStatus,
    headers?: HeadersOf<TResponses, TStatus>,
  ): ResponseFor<OtherKeys<TResponses, TStatus>>
  (body: unknown, status?: number, headers?: ResponseHeaderFields): UndeclaredResponse
}

/** `c.text` and `c.html`: the media type follows from the method. */
export type ResponseWithText<TResponses, TType extends string> = <TStatus extends number = 200>(
  text: string,
  status?: TStatus,
  headers?: HeadersOf<TResponses, TStatus>,
) => ResponseFor<Extract<keyof TResponses, `${TStatus} ${TType}`>>

/** `c.redirect`: 302, unless another status is given. */
export type ResponseWithRedirect<TResponses> = <TStatus extends RedirectStatusCode = 302>(
  location: string | URL,
  status?: TStatus,
) => ResponseFor<Extract<keyof TResponses, TStatus>>
