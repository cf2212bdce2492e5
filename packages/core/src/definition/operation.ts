import type { OperationDefinition } from './definition.ts'

/** The handler of an operation without its types, which `handle` has checked. */
export type AnyOperationHandler = (c: never, tools: never) => Response | Promise<Response>

/** Any operation. */
export interface AnyOperation {
  readonly '~definition': OperationDefinition
  readonly '~handler': AnyOperationHandler
  readonly operationId: string
  readonly '~entry'?: { readonly path: string; readonly method: string; readonly endpoint: unknown }
}
