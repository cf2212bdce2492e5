import type { RoutePlace } from '../definition/place.ts'
import type { AnySchema, OutputOf } from '../definition/schema.ts'
import type { ClientInput } from './input.ts'
import type { JsonOf } from './json-of.ts'
import type { StatusesOf } from './response-types.ts'

/** One operation, for the schema that Hono's `hc` reads. */
export interface AppEntry<TPlace extends RoutePlace, TRequest, TResponses> {
  readonly path: TPlace['path']
  readonly method: `$${TPlace['method']}`
  readonly endpoint: EndpointOf<TPlace, TRequest, TResponses>
}

/** The endpoints of an operation in Hono's form: one for each response. */
export type EndpointOf<TPlace extends RoutePlace, TRequest, TResponses> = {
  [TKey in keyof TResponses]: TKey extends number
    ? {
        input: ClientInput<TPlace, TRequest>
        output: TResponses[TKey] extends AnySchema ? JsonOf<OutputOf<TResponses[TKey]>> : {}
        outputFormat: TResponses[TKey] extends AnySchema ? 'json' : 'body'
        status: TKey
      }
    : OtherEndpoint<TPlace, TRequest, TResponses, TKey>
}[keyof TResponses]

/** The endpoint of a response that is not JSON, or of a range of statuses. */
type OtherEndpoint<
  TPlace extends RoutePlace,
  TRequest,
  TResponses,
  TKey extends keyof TResponses,
> = TKey extends `${string} headers`
  ? never
  : {
      input: ClientInput<TPlace, TRequest>
      output: TKey extends keyof StatusesOf
        ? TResponses[TKey] extends AnySchema
          ? JsonOf<OutputOf<TResponses[TKey]>>
          : {}
        : string
      outputFormat: TKey extends keyof StatusesOf
        ? TResponses[TKey] extends AnySchema
          ? 'json'
          : 'body'
        : 'text'
      status: TKey extends keyof StatusesOf
        ? StatusesOf[TKey]
        : TKey extends `${infer TStatus extends number} ${string}`
          ? TStatus
          : number
    }

interface AnyEntry {
  readonly path: string
  readonly method: string
  readonly endpoint: unknown
}

type ByPath<TEntry extends AnyEntry> = { [TOne in TEntry as TOne['path']]: TOne }

type ByMethod<TEntry> = {
  [TOne in TEntry as TOne extends AnyEntry ? TOne['method'] : never]: TOne extends AnyEntry
    ? TOne['endpoint']
    : never
}

/**
 * The schema of the whole app, for `hc<typeof app>`. Two remaps over the union of operations make its cost linear in
 * their number; that of a chain of `app.get(…)` is quadratic.
 */
export type AppSchema<TEntry extends AnyEntry> = {
  [TPath in keyof ByPath<TEntry>]: ByMethod<ByPath<TEntry>[TPath]>
}
