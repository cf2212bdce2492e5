import type { Handler, TypedResponse } from 'hono'
import type { StatusCode } from 'hono/utils/http-status'
import { checkServed } from '../checks/check-served.ts'
import type { OperationDefinition } from '../definition/definition.ts'
import type { AnyOperation, AnyOperationHandler } from '../definition/operation.ts'
import { operationIdOf } from '../definition/operation-id.ts'
import { bothSlashes } from '../definition/path.ts'
import type { RoutePlace } from '../definition/place.ts'
import type { AppEntry, EndpointOf } from '../hono/app-schema.ts'
import type { OperationTools } from '../hono/context.ts'
import type { ClientInput, ValidatedInput } from '../hono/input.ts'
import { lateHandler } from '../hono/late-handler.ts'

/** An operation with its handler, for `createApi` and `document`. */
export interface Operation<TPlace extends RoutePlace, TRequest, TResponses, TCallbacks> {
  readonly '~definition': OperationDefinition
  readonly '~handler': AnyOperationHandler
  /** Only a type: the operation as a client of the API sees it. */
  readonly '~entry'?: AppEntry<TPlace['method'], TPlace['path'], TRequest, TResponses>
  /** Only a type: the input of links to this operation. */
  readonly '~types'?: { place: TPlace; request: TRequest }
  /** Only a type: the callbacks of this operation. */
  readonly '~callbacks'?: TCallbacks

  /**
   * The middleware and handler, to mount the operation by hand in any Hono app. `apiRuntime` has the options that
   * `createApi` takes.
   *
   * @throws {CoreError} with `schema` or `path` for a declaration that no request can meet
   *
   * @example
   * new Hono().use(apiRuntime({ sender })).on('post', createOrder.paths, ...createOrder.handlers)
   */
  readonly handlers: readonly [
    Handler<
      TPlace['env'],
      TPlace['path'],
      { in: ClientInput<TPlace['path'], TRequest>; out: ValidatedInput<TRequest> },
      Promise<Responses<EndpointOf<TPlace['path'], TRequest, TResponses>>>
    >,
  ]
  /** Its path without and with a slash at the end. */
  readonly paths: [path: TPlace['path'], withSlash: TPlace['path']]
  /** Declared, or made from method and path: unique in the document, and stored with deliveries. */
  readonly operationId: string
}

type Responses<TEndpoint> = TEndpoint extends {
  output: infer TOutput
  status: infer TStatus extends StatusCode
  outputFormat: infer TFormat extends string
}
  ? TypedResponse<TOutput, TStatus, TFormat>
  : never

/** Joins a definition and its handler. */
export function createOperation(
  declared: OperationDefinition,
  handler: AnyOperationHandler,
): AnyOperation {
  const definition = declared.inherit?.(declared) ?? declared
  const self: AnyOperation & { handlers: unknown; paths: unknown } = {
    '~definition': definition,
    '~handler': handler,
    get handlers(): readonly unknown[] {
      // what `createApi` checks of one operation
      checkServed([self], { isDocumented: false })
      return [...definition.middleware, lateHandler(self)]
    },
    paths: bothSlashes(definition.path),
    get operationId() {
      return operationIdOf(definition)
    },
  }
  return Object.freeze(self)
}

/** The callbacks of an operation, as its handler and `sender.resume` have them. */
export type CallbacksOf<TOperation> =
  TOperation extends Operation<infer TPlace, infer TRequest, infer TResponses, infer TCallbacks>
    ? OperationTools<TPlace, TRequest, TResponses, TCallbacks>['callbacks']
    : never
