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

/** The result of `c.json` for a body that is not the declared one. */
export interface WrongBody<TDeclared> {
  readonly 'the body is not the one that .response(…) declares': TDeclared
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

/** The statuses that are declared by a range, or by `default`. */
type RangedStatus<TKey> = TKey extends keyof StatusesOf ? StatusesOf[TKey] : never

/** The range that declares a status. */
type RangeOf<TResponses, TStatus extends number> =
  | (`${TStatus}` extends `${infer TDigit}${number}`
      ? Extract<keyof TResponses, `${TDigit}XX`>
      : never)
  | Extract<keyof TResponses, 'default'>

/** `c.json`: Hono's signature narrowed to declared responses, then one that names the mistake. */
export interface ResponseWithJson<TResponses> {
  <TStatus extends keyof TResponses & number>(
    body: BodyOfAll<TResponses, TStatus>,
    status: TStatus,
    headers?: HeadersOf<TResponses, TStatus>,
  ): DeclaredResponse<TStatus>
  (body: TResponses extends { 200: infer TSchema } ? BodyOf<TSchema> : never): DeclaredResponse<200>
  <TStatus extends RangedStatus<keyof TResponses>>(
    body: BodyOf<TResponses[RangeOf<TResponses, TStatus>]>,
    status: TStatus,
    headers?: ResponseHeaderFields,
  ): DeclaredResponse<RangeOf<TResponses, TStatus>>
  <TStatus extends number = 200>(
    body: unknown,
    status?: TStatus,
    headers?: ResponseHeaderFields,
  ): TStatus extends keyof TResponses
    ? WrongBody<BodyOf<TResponses[TStatus]>>
    : UndeclaredResponse<TStatus>
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
