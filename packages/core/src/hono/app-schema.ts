import type { Place } from '../route.ts'
import type { AnySchema, OutputOf } from '../schema.ts'
import type { ClientInput } from './context.ts'
import type { JsonOf } from './json-of.ts'

/** One operation as Hono's `hc` reads it. */
export interface AppEntry<TPlace extends Place, TRequest, TResponses> {
  readonly path: TPlace['path']
  readonly method: `$${TPlace['method']}`
  readonly endpoint: EndpointOf<TPlace, TRequest, TResponses>
}

type EndpointOf<TPlace extends Place, TRequest, TResponses> = {
  [TStatus in keyof TResponses]: {
    input: ClientInput<TPlace, TRequest>
    output: TResponses[TStatus] extends AnySchema ? JsonOf<OutputOf<TResponses[TStatus]>> : {}
    outputFormat: TResponses[TStatus] extends AnySchema ? 'json' : 'body'
    status: TStatus
  }
}[keyof TResponses]

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
