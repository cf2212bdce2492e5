import type { RoutePlace } from '../definition/place.ts'
import type { AnySchema, OutputOf } from '../definition/schema.ts'
import type { ClientInput } from './input.ts'
import type { JsonOf } from './json-of.ts'
import type { StatusesOf } from './response-types.ts'

/** One operation as Hono's `hc` reads it. */
export interface AppEntry<TPlace extends RoutePlace, TRequest, TResponses> {
  readonly path: TPlace['path']
  readonly method: `$${TPlace['method']}`
  readonly endpoint: EndpointOf<TPlace, TRequest, TResponses>
}

/** The union of what an operation answers, in Hono's words. */
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

/** An answer of another media type, or for a range of statuses. */
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
 * The schema of the whole app, for `hc<typeof app>`: two remaps over the union of operations, so that its
 * cost grows with their number and not with its square, as a chain of `app.get(…)` does.
 */
export type AppSchema<TEntry extends AnyEntry> = {
  [TPath in keyof ByPath<TEntry>]: ByMethod<ByPath<TEntry>[TPath]>
}
