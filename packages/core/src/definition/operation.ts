import type { OperationDefinition } from './definition.ts'

/** The function of an operation, as the code that calls it sees it: the types were checked at `handle`. */
export type AnyOperationHandler = (c: never, tools: never) => Response | Promise<Response>

/** Any operation, whatever it declares. */
export interface AnyOperation {
  readonly '~definition': OperationDefinition
  readonly '~handler': AnyOperationHandler
  readonly operationId: string
  readonly '~entry'?: { readonly path: string; readonly method: string; readonly endpoint: unknown }
}
