import type { StatusCode, UnofficialStatusCode } from 'hono/utils/http-status'
import type { HttpMethod } from '../definition/definition.ts'
import type { AnySchema, OutputOf } from '../definition/schema.ts'
import type { ClientInput } from './input.ts'
import type { JsonOf } from './json-of.ts'
import type { StatusesOf } from './response-types.ts'

/** One operation, for the schema that Hono's `hc` reads. */
export interface AppEntry<TMethod extends HttpMethod, TPath extends string, TRequest, TResponses> {
  readonly path: TPath
  readonly method: `$${TMethod}`
  readonly endpoint: EndpointOf<TPath, TRequest, TResponses>
}

/** The endpoints of an operation in Hono's form: one for each response. */
export type EndpointOf<TPath extends string, TRequest, TResponses> = {
  [TKey in keyof TResponses]: TKey extends StatusCode
    ? {
        input: ClientInput<TPath, TRequest>
        output: TResponses[TKey] extends AnySchema ? JsonOf<OutputOf<TResponses[TKey]>> : {}
        outputFormat: TResponses[TKey] extends AnySchema ? 'json' : 'body'
        status: TKey
      }
    : OtherEndpoint<TPath, TRequest, TResponses, TKey>
}[keyof TResponses]

/** The endpoint of a response that is not JSON, of a range of statuses, or of a status that Hono does not list. */
type OtherEndpoint<
  TPath extends string,
  TRequest,
  TResponses,
  TKey extends keyof TResponses,
> = TKey extends `${string} headers`
  ? never
  : {
      input: ClientInput<TPath, TRequest>
      output: TKey extends keyof StatusesOf | number
        ? TResponses[TKey] extends AnySchema
          ? JsonOf<OutputOf<TResponses[TKey]>>
          : {}
        : string
      outputFormat: TKey extends keyof StatusesOf | number
        ? TResponses[TKey] extends AnySchema
          ? 'json'
          : 'body'
        : 'text'
      status: ClientStatus<TKey>
    }

/** The statuses of a key, as `hc` takes them: with any other the client of the whole app would have no types. */
type ClientStatus<TKey> = TKey extends 'default'
  ? StatusCode
  : TKey extends keyof StatusesOf
    ? StatusesOf[TKey]
    : TKey extends `${infer TStatus extends number} ${string}`
      ? ClientStatus<TStatus>
      : TKey extends StatusCode
        ? TKey
        : UnofficialStatusCode

/** Any operation as `hc` reads it. */
export interface AnyAppEntry {
  readonly path: string
  readonly method: string
  readonly endpoint: unknown
}

type ByPath<TEntry extends AnyAppEntry> = { [TOne in TEntry as TOne['path']]: TOne }

type ByMethod<TEntry> = {
  [TOne in TEntry as TOne extends AnyAppEntry ? TOne['method'] : never]: TOne extends AnyAppEntry
    ? TOne['endpoint']
    : never
}

/**
 * The schema of the whole app, for `hc<typeof app>`. Two remaps over the union of operations make its cost linear in
 * their number; that of a chain of `app.get(…)` is quadratic.
 */
export type AppSchema<TEntry extends AnyAppEntry> = {
  [TPath in keyof ByPath<TEntry>]: ByMethod<ByPath<TEntry>[TPath]>
}
