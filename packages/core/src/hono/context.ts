import type { Context, Env } from 'hono'
import type { CallbackFor } from '../checks/check-types.ts'
import type { CallResult, Delivery, PreparedDelivery, SendOptions } from '../definition/delivery.ts'
import type { RoutePlace } from '../definition/place.ts'
import type { AnySchema, InputOf, OutputOf } from '../definition/schema.ts'
import type { ReceivedBody, ValidatedInput } from './input.ts'
import type {
  DeclaredResponse,
  ResponseStatusOf,
  ResponseWithBody,
  ResponseWithJson,
  ResponseWithRedirect,
  ResponseWithText,
} from './response-types.ts'

/** Hono's context, whose methods accept what the operation declares and nothing else. */
export type OperationContext<
  TPlace extends RoutePlace,
  TRequest,
  TResponses,
> = ResponseMethods<TResponses> &
  Context<TPlace['env'], TPlace['path'], { in: {}; out: ValidatedInput<TRequest> }>

interface ResponseMethods<TResponses> {
  /** Only a type: what `streamEvents` reads. */
  readonly '~responses'?: TResponses
  json: ResponseWithJson<TResponses>
  body: ResponseWithBody<TResponses>
  text: ResponseWithText<TResponses, 'text/plain'>
  html: ResponseWithText<TResponses, 'text/html'>
  redirect: ResponseWithRedirect<TResponses>
}

/** A callback as the handler sends it. */
export interface BoundCallback<TArguments extends readonly unknown[], TResponse> {
  /**
   * Stores a delivery and returns it; does not wait for the network.
   * A request without the callback's URL gives a delivery in state `skipped`, a URL that reads the answer one in
   * state `staged`: it is stored before the answer is released, and dropped when the handler throws.
   */
  send(...payload: [...TArguments, options?: SendOptions]): Promise<Delivery>
  /** Validates and serialises a delivery, to be stored in a transaction of the caller's by `enqueue(transaction)`. */
  prepare(...payload: [...TArguments, options?: SendOptions]): Promise<PreparedDelivery>
  /** Makes one recorded attempt now, never retried, and returns the validated answer. */
  call(...payload: TArguments): Promise<CallResult<TResponse>>
}

/** The exchange of one request, as its handler keeps it. */
export interface BoundExchange {
  /**
   * Keeps what the URLs of the operation's callbacks read, under a key of the application's own, so that
   * `sender.resume` can send them later, from any process. Keep it before anything is sent from it: `forget` finds
   * what is sent after.
   *
   * Where one of the URLs reads the answer it is stored with that, before the answer is released.
   *
   * @throws {SenderError} with `kept` when the owner's operation has an exchange under that key already, `option` for
   *   a key that cannot be
   */
  keep(key: string): Promise<void>
}

type PayloadArguments<TRequest> = TRequest extends {
  readonly body: infer TSchema extends AnySchema
}
  ? [payload: InputOf<TSchema>]
  : []

type ResponseOf<TResponses> = {
  [TStatus in keyof TResponses]: {
    readonly status: ResponseStatusOf<TStatus>
    readonly body: TResponses[TStatus] extends AnySchema ? OutputOf<TResponses[TStatus]> : undefined
  }
}[keyof TResponses]

type BoundCallbackOf<TCallback> = TCallback extends {
  readonly '~types'?: { request: infer TRequest; responses: infer TResponses }
}
  ? BoundCallback<PayloadArguments<TRequest>, ResponseOf<TResponses>>
  : never

/** Beside the context, what a handler is given. */
export interface OperationTools<TPlace extends RoutePlace, TRequest, TResponses, TCallbacks> {
  readonly callbacks: {
    readonly [TName in keyof TCallbacks]: BoundCallbackOf<
      CallbackFor<TCallbacks[TName], TPlace, TRequest, TResponses>
    >
  }
  readonly exchange: BoundExchange
  /** The body that was sent, by its media type; of use where several are declared. */
  readonly body: ReceivedBody<TRequest>
}

/** The function that answers an operation. */
export type OperationHandler<TPlace extends RoutePlace, TRequest, TResponses, TCallbacks> = (
  c: OperationContext<TPlace, TRequest, TResponses>,
  tools: OperationTools<TPlace, TRequest, TResponses, TCallbacks>,
) => DeclaredResponse<keyof TResponses> | Promise<DeclaredResponse<keyof TResponses>>

/** What middleware may have set, as far as its type says. */
export type EnvOf<TMiddleware> = TMiddleware extends (c: infer TContext, ...rest: never) => unknown
  ? TContext extends Context<infer TEnv>
    ? KnownEnv<TEnv>
    : {}
  : {}

/** A middleware that does not say what it sets has `any`, which would make every variable `any`. */
export type KnownEnv<TEnv> = 0 extends 1 & TEnv ? {} : TEnv extends Env ? TEnv : {}
