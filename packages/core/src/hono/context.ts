import type { Context, Env } from 'hono'
import type { ParamKeys } from 'hono/types'
import type { CallResult, Delivery } from '../delivery.ts'
import type { Place } from '../route.ts'
import type { AnySchema, InputOf, OutputOf } from '../schema.ts'

/** The names that Hono gives to the parts of a request. */
interface HonoTarget {
  readonly params: 'param'
  readonly query: 'query'
  readonly headers: 'header'
  readonly body: 'json'
}

/** What `c.req.valid(…)` gives. */
export type ValidatedInput<TRequest> = {
  [TPart in keyof TRequest &
    keyof HonoTarget as HonoTarget[TPart]]: TRequest[TPart] extends AnySchema
    ? OutputOf<TRequest[TPart]>
    : never
}

/** What a client has to pass; a path parameter without a schema is a string. */
export type ClientInput<TPlace extends Place, TRequest> = {
  [TPart in keyof TRequest &
    keyof HonoTarget as HonoTarget[TPart]]: TRequest[TPart] extends AnySchema
    ? InputOf<TRequest[TPart]>
    : never
} & (TRequest extends { readonly params: AnySchema } ? {} : PathInput<TPlace['path']>)

type PathInput<TPath extends string> = [ParamKeys<TPath>] extends [never]
  ? {}
  : { param: { [TName in ParamKeys<TPath>]: string } }

/** A response that the operation declares; only the context's own methods make one. */
export interface DeclaredAnswer<TStatus> extends Response {
  readonly '~status': TStatus
}

/** What `c.json` and `c.body` give for an answer that no `.response(…)` declares. */
export interface UndeclaredAnswer {
  readonly 'this status with this body is not declared by .response(…)': never
}

type HeaderRecord = Record<string, string | string[]>

type BodyOf<TSchema> = TSchema extends AnySchema ? OutputOf<TSchema> : never

/** The body that fits each of the statuses: their intersection, where the status is a union. */
type BodyOfAll<TResponses, TStatus extends keyof TResponses> = {
  [TOne in TStatus]: (body: BodyOf<TResponses[TOne]>) => void
}[TStatus] extends (body: infer TBody) => void
  ? TBody
  : never

/** Call signatures: Hono's own `c.json`, narrowed to what is declared, then a catch-all that names the mistake. */
interface AnswerWithJson<TResponses> {
  <TStatus extends keyof TResponses>(
    body: BodyOfAll<TResponses, TStatus>,
    status: TStatus,
    headers?: HeaderRecord,
  ): DeclaredAnswer<TStatus>
  (body: TResponses extends { 200: infer TSchema } ? BodyOf<TSchema> : never): DeclaredAnswer<200>
  (body: unknown, status?: number, headers?: HeaderRecord): UndeclaredAnswer
}

interface AnswerWithoutBody<TResponses> {
  <TStatus extends keyof TResponses>(
    body: [Extract<TResponses[TStatus], AnySchema>] extends [never] ? null : never,
    status: TStatus,
    headers?: HeaderRecord,
  ): DeclaredAnswer<TStatus>
  (body: unknown, status?: number, headers?: HeaderRecord): UndeclaredAnswer
}

/** Hono's context, whose `json` and `body` accept what the operation declares and nothing else. */
export type OperationContext<TPlace extends Place, TRequest, TResponses> = {
  json: AnswerWithJson<TResponses>
  body: AnswerWithoutBody<TResponses>
} & Context<Env, TPlace['path'], { in: {}; out: ValidatedInput<TRequest> }>

/** A callback as the handler sends it. */
export interface BoundCallback<TArguments extends readonly unknown[], TAnswer> {
  /**
   * Stores a delivery and returns it; does not wait for the network.
   * A request without the callback's URL gives a delivery in state `skipped`.
   */
  send(...payload: TArguments): Promise<Delivery>
  /** Makes one recorded attempt now, never retried, and returns the validated answer. */
  call(...payload: TArguments): Promise<CallResult<TAnswer>>
}

type PayloadArguments<TRequest> = TRequest extends {
  readonly body: infer TSchema extends AnySchema
}
  ? [payload: InputOf<TSchema>]
  : []

type AnswerOf<TResponses> = {
  [TStatus in keyof TResponses]: {
    readonly status: TStatus
    readonly body: TResponses[TStatus] extends AnySchema ? OutputOf<TResponses[TStatus]> : undefined
  }
}[keyof TResponses]

type BoundCallbackOf<TCallback> = TCallback extends {
  readonly '~types'?: { request: infer TRequest; responses: infer TResponses }
}
  ? BoundCallback<PayloadArguments<TRequest>, AnswerOf<TResponses>>
  : never

/** Beside the context, what a handler is given. */
export interface OperationTools<TCallbacks> {
  readonly callbacks: { readonly [TName in keyof TCallbacks]: BoundCallbackOf<TCallbacks[TName]> }
}

/** The function that answers an operation. */
export type OperationHandler<TPlace extends Place, TRequest, TResponses, TCallbacks> = (
  c: OperationContext<TPlace, TRequest, TResponses>,
  tools: OperationTools<TCallbacks>,
) => DeclaredAnswer<keyof TResponses> | Promise<DeclaredAnswer<keyof TResponses>>
