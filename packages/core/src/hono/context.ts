import type { Context, Env, Input } from 'hono'
import type { CallbackFor } from '../checks/check-types.ts'
import type { OutgoingPart } from '../definition/definition.ts'
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

/** Hono's context, whose methods accept only declared responses. */
export type OperationContext<
  TPlace extends RoutePlace,
  TRequest,
  TResponses,
> = ResponseMethods<TResponses> &
  JsonContext<
    // without variables, it would not fit a helper's `Context`
    TPlace['env'] & { Variables: {} },
    TPlace['path'],
    { in: {}; out: ValidatedInput<TRequest> },
    TResponses
  >

/** Hono's context with a narrower `json`, which an intersection would not narrow. */
export interface JsonContext<
  TEnv extends Env,
  TPath extends string,
  TInput extends Input,
  TResponses,
> extends Context<TEnv, TPath, TInput> {
  json: ResponseWithJson<TResponses>
}

/** The methods of the context by which a handler responds. */
export interface ResponseMethods<TResponses> {
  /** Only a type: the input of `streamEvents`. */
  readonly '~responses'?: TResponses
  json: ResponseWithJson<TResponses>
  body: ResponseWithBody<TResponses>
  text: ResponseWithText<TResponses, 'text/plain'>
  html: ResponseWithText<TResponses, 'text/html'>
  redirect: ResponseWithRedirect<TResponses>
}

/** A callback that a handler can send. */
export interface BoundCallback<TArguments extends readonly unknown[], TResponse, TParts = unknown> {
  /**
   * Stores a delivery and returns it, without waiting for the network. Its state is `skipped` if the request has no
   * URL for it, and `staged` if the URL reads the response: then it is stored before the response is released, and
   * dropped if the handler throws.
   */
  send(...payload: [...TArguments, ...PartArguments<TParts, SendOptions>]): Promise<Delivery>
  /** Validates and serializes a delivery, which `enqueue(transaction)` stores in the caller's transaction. */
  prepare(
    ...payload: [...TArguments, ...PartArguments<TParts, SendOptions>]
  ): Promise<PreparedDelivery>
  /** Makes one recorded attempt now, without retries, and returns the validated response. */
  call(
    ...payload: [...TArguments, ...(unknown extends TParts ? [] : PartArguments<TParts, unknown>)]
  ): Promise<CallResult<TResponse>>
}

/** The headers and query of a callback with the options of `send`, optional if none of them is required. */
export type PartArguments<TParts, TOptions> = {} extends TParts
  ? [options?: TOptions & TParts]
  : [options: TOptions & TParts]

/** The exchange of one request, which its handler can keep. */
export interface BoundExchange {
  /**
   * Stores the values that the URLs of the operation's callbacks read, under a key of your own, so that
   * `sender.resume` can send them later, from any process. Call it before `send`: `forget` finds only deliveries that
   * are sent after it.
   *
   * If one of the URLs reads the response, the exchange is stored with it, before the response is released.
   *
   * @throws {SenderError} with `kept` if the key is in use for this owner and operation, `option` for an invalid key
   */
  keep(key: string): Promise<void>
}

type PayloadArguments<TRequest> = TRequest extends {
  readonly body: infer TSchema extends AnySchema
}
  ? [payload: InputOf<TSchema>]
  : []

type PartsOf<TRequest> = PartOf<TRequest, 'headers'> & PartOf<TRequest, 'query'>

/** One part; optional if its schema takes an empty object. */
type PartOf<TRequest, TName extends OutgoingPart> = TRequest extends {
  readonly [TKey in TName]: infer TSchema extends AnySchema
}
  ? {} extends InputOf<TSchema>
    ? { readonly [TKey in TName]?: InputOf<TSchema> }
    : { readonly [TKey in TName]: InputOf<TSchema> }
  : unknown

type ResponseOf<TResponses> = {
  [TStatus in keyof TResponses]: {
    readonly status: ResponseStatusOf<TStatus>
    readonly body: TResponses[TStatus] extends AnySchema ? OutputOf<TResponses[TStatus]> : undefined
  }
}[keyof TResponses]

type BoundCallbackOf<TCallback> = TCallback extends {
  readonly '~types'?: { request: infer TRequest; responses: infer TResponses }
}
  ? BoundCallback<PayloadArguments<TRequest>, ResponseOf<TResponses>, PartsOf<TRequest>>
  : TCallback // the problem of one that is not inherited

/** The callbacks of an operation that has none; the compiler prints the sentence where one is read. */
export type NoCallbacks = {
  readonly 'declare it by .callback(…), or start the operation by the .route(…) of the group that has it'?: never
}

/** The second argument of a handler. */
export interface OperationTools<TPlace extends RoutePlace, TRequest, TResponses, TCallbacks> {
  readonly callbacks: [keyof TCallbacks] extends [never]
    ? NoCallbacks
    : {
        readonly [TName in keyof TCallbacks]: BoundCallbackOf<
          CallbackFor<TCallbacks[TName], TPlace, TRequest, TResponses>
        >
      }
  readonly exchange: BoundExchange
  /** The body and its media type, for operations that declare several. */
  readonly body: ReceivedBody<TRequest>
}

/** The function that handles the requests of an operation. */
export type OperationHandler<TPlace extends RoutePlace, TRequest, TResponses, TCallbacks> = (
  c: OperationContext<TPlace, TRequest, TResponses>,
  tools: OperationTools<TPlace, TRequest, TResponses, TCallbacks>,
) => DeclaredResponse<keyof TResponses> | Promise<DeclaredResponse<keyof TResponses>>

/** The environment that a middleware sets, according to its type. */
export type EnvOf<TMiddleware> = TMiddleware extends (c: infer TContext, ...rest: never) => unknown
  ? TContext extends Context<infer TEnv>
    ? KnownEnv<TEnv>
    : {}
  : {}

/** The environment, without the `any` of an untyped middleware, which would make every variable `any`. */
export type KnownEnv<TEnv> = 0 extends 1 & TEnv ? {} : TEnv extends Env ? TEnv : {}
