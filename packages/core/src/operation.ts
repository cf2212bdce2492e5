import type { OperationDefinition } from './definition.ts'
import type { AppEntry } from './hono/app-schema.ts'
import type { Place } from './route.ts'

/** The function of an operation, as the code that calls it sees it: the types were checked at `handle`. */
export type AnyOperationHandler = (c: never, tools: never) => Response | Promise<Response>

/** An operation with its function: what `createApi` and `document` take. */
export interface Operation<TPlace extends Place, TRequest, TResponses, TCallbacks> {
  readonly '~definition': OperationDefinition
  readonly '~handler': AnyOperationHandler
  /** Only a type: what a client of the API sees. */
  readonly '~entry'?: AppEntry<TPlace, TRequest, TResponses>
  /** Only a type: what is sent for this operation. */
  readonly '~callbacks'?: TCallbacks
}

/** Any operation, whatever it declares. */
export interface AnyOperation {
  readonly '~definition': OperationDefinition
  readonly '~handler': AnyOperationHandler
  readonly '~entry'?: { readonly path: string; readonly method: string; readonly endpoint: unknown }
}

/** Joins a definition with the function that answers. */
export function operation(
  definition: OperationDefinition,
  handler: AnyOperationHandler,
): AnyOperation {
  return Object.freeze({ '~definition': definition, '~handler': handler })
}
