import type { Context, Handler, TypedResponse } from 'hono'
import type { StatusCode } from 'hono/utils/http-status'
import type { OperationDefinition } from '../definition/definition.ts'
import type { AnyOperation, AnyOperationHandler } from '../definition/operation.ts'
import { operationIdOf } from '../definition/operation-id.ts'
import { bothSlashes } from '../definition/path.ts'
import type { RoutePlace } from '../definition/place.ts'
import type { AppEntry, EndpointOf } from '../hono/app-schema.ts'
import type { OperationTools } from '../hono/context.ts'
import { honoHandler } from '../hono/handler.ts'
import type { ClientInput, ValidatedInput } from '../hono/input.ts'

/** An operation with its function: what `createApi` and `document` take. */
export interface Operation<TPlace extends RoutePlace, TRequest, TResponses, TCallbacks> {
  readonly '~definition': OperationDefinition
  readonly '~handler': AnyOperationHandler
  /** Only a type: what a client of the API sees. */
  readonly '~entry'?: AppEntry<TPlace, TRequest, TResponses>
  /** Only a type: what links to this operation read. */
  readonly '~types'?: { place: TPlace; request: TRequest }
  /** Only a type: what is sent for this operation. */
  readonly '~callbacks'?: TCallbacks

  /**
   * To mount the operation by hand in any Hono app, its middleware included. What `createApi` takes as options
   * comes from the middleware `runtime` there.
   *
   * @example
   * new Hono().use(apiRuntime({ sender })).on('post', createOrder.paths, ...createOrder.handlers)
   */
  readonly handlers: readonly [
    Handler<
      TPlace['env'],
      TPlace['path'],
      { in: ClientInput<TPlace, TRequest>; out: ValidatedInput<TRequest> },
      Promise<Responses<EndpointOf<TPlace, TRequest, TResponses>>>
    >,
  ]
  /** Where it answers: its path without a slash at the end, and with one. */
  readonly paths: [path: TPlace['path'], withSlash: TPlace['path']]
  /** Its own, or made of its method and path: unique in the document, and what deliveries are filed under. */
  readonly operationId: string
}

type Responses<TEndpoint> = TEndpoint extends {
  output: infer TOutput
  status: infer TStatus extends StatusCode
  outputFormat: infer TFormat extends string
}
  ? TypedResponse<TOutput, TStatus, TFormat>
  : never

/** Joins a definition with the function that answers. */
export function operation(
  declared: OperationDefinition,
  handler: AnyOperationHandler,
): AnyOperation {
  const definition = declared.inherit?.(declared) ?? declared
  const self: AnyOperation & { handlers: unknown; paths: unknown } = {
    '~definition': definition,
    '~handler': handler,
    get handlers(): readonly ((c: Context) => unknown)[] {
      return [...definition.middleware, honoHandler(self)] as never
    },
    paths: bothSlashes(definition.path),
    get operationId() {
      return operationIdOf(definition)
    },
  }
  return Object.freeze(self)
}

/** The callbacks of an operation, as its handler has them: what `sender.resume` gives. */
export type CallbacksOf<TOperation> =
  TOperation extends Operation<infer TPlace, infer TRequest, infer TResponses, infer TCallbacks>
    ? OperationTools<TPlace, TRequest, TResponses, TCallbacks>['callbacks']
    : never
