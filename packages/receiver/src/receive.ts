import type {
  AnyOutgoing,
  AnySchema,
  InputOf,
  OutgoingPart,
  OutputOf,
  ResponseStatusOf,
} from '@ringback/core'
import type { Context } from 'hono'
import { checkArguments, checkHandler } from './check-arguments.ts'
import type { HandlerResponse } from './make-response.ts'
import type { SeenStore } from './seen.ts'

/** A request to a receiver. */
export interface ReceiverRequest {
  /** The request. Its body is consumed when the handler runs; in Hono, `c.req.text()` still has it. */
  readonly request: Request
  /** The parameters of Hono's path, decoded; `{}` for a plain `Request`. */
  readonly params: Readonly<Record<string, string>>
  /** The bindings of the runtime: `c.env` in Hono, or the second argument of `fetch`. */
  readonly env: Context['env']
  /** Hono's context; `undefined` for a plain `Request`. */
  readonly c: Context | undefined
}

/** Options of a receiver. */
export interface ReceiveOptions {
  /**
   * The secrets or public keys of the sender, `whsec_…` or `whpk_…`; several during rotation. A function gives those of
   * a request, such as `({ env }) => [env.SECRET]`. It runs before the signature is verified.
   */
  readonly secrets:
    | readonly string[]
    | ((received: ReceiverRequest) => readonly string[] | Promise<readonly string[]>)
  /**
   * The names of the signature's headers before the dash: `webhook` by default, as Standard Webhooks has them; `svix` for
   * `svix-id`, `svix-timestamp` and `svix-signature`.
   */
  readonly headerPrefix?: string
  /**
   * Remembers handled callbacks: a duplicate gets the response of the first, or 503 while that is being made.
   * `memorySeen()` for one process; without it, duplicates are handled again.
   */
  readonly seen?: SeenStore
  /**
   * Answers a challenge also when its signature is of a secret that is not among these, as at the registration of an
   * endpoint, which makes the secret. False by default: anybody could register this URL elsewhere.
   */
  readonly answerChallenges?: boolean
  /** Takes the reason of a 500 for a response that is not declared; the console by default, `false` is silent. */
  readonly log?: { error(error: unknown): void } | false
  /** The maximum difference between the signature's time and the clock, in seconds; 300 by default. */
  readonly tolerance?: number
  /** The maximum size of a body, in bytes; 1 MiB by default. */
  readonly bodyLimit?: number
  /** Milliseconds since the Unix epoch; by default the system clock. */
  readonly clock?: { now(): number }
}

/** A verified and validated callback. */
export interface ReceivedCallback<TPayload> extends ReceiverRequest {
  /** The `webhook-id`: the same callback can arrive more than once, with the same id. */
  readonly messageId: string
  /** The time at which this attempt was signed. */
  readonly sentAt: Date
  readonly payload: TPayload
}

/** A declared response: its status, its body if it has a schema, and headers if you like. */
export type ReceiverResponse<TResponses> = {
  [TStatus in keyof TResponses]: TResponses[TStatus] extends AnySchema
    ? {
        readonly status: ResponseStatusOf<TStatus>
        readonly body: InputOf<TResponses[TStatus]>
        readonly headers?: Readonly<Record<string, string>>
      }
    : {
        readonly status: ResponseStatusOf<TStatus>
        readonly body?: undefined
        readonly headers?: Readonly<Record<string, string>>
      }
}[keyof TResponses]

/** The headers and the query of a callback that declares them, validated. */
export type ReceivedParts<TRequest> = ReceivedPart<TRequest, 'headers'> &
  ReceivedPart<TRequest, 'query'>

type ReceivedPart<TRequest, TName extends OutgoingPart> = TRequest extends {
  readonly [TKey in TName]: infer TSchema extends AnySchema
}
  ? { readonly [TKey in TName]: OutputOf<TSchema> }
  : unknown

/** The function that handles a callback. */
export type ReceiverHandler<TPayload, TResponse, TParts = unknown> = (
  received: ReceivedCallback<TPayload> & TParts,
) => TResponse | Promise<TResponse>

/** A receiver: a Hono handler, with `fetch` for every other server. */
export interface Receiver {
  (c: Context): Promise<Response>
  fetch(request: Request, env?: unknown): Promise<Response>
}

/** Takes the function that handles the callback. */
export interface ReceiverBuilder<TPayload, TResponse, TParts = unknown> {
  handle(handler: ReceiverHandler<TPayload, TResponse, TParts>): Receiver
}

type TypesOf<TCallback extends AnyOutgoing> = NonNullable<TCallback['~types']>

type PayloadOf<TRequest> = TRequest extends { readonly body: infer TSchema extends AnySchema }
  ? OutputOf<TSchema>
  : undefined

// kept, since an import costs as much as a small request, also when it is loaded already
let late: typeof import('./receive-request.ts') | undefined

/**
 * Implements a callback or webhook of another API: verifies the signature over the raw body, parses and validates the
 * payload, and responds as the callback declares.
 *
 * A webhook's receiver answers the sender's challenge and its test event by itself.
 *
 * Responds with 405 to another method, 401 without a signature, 403 for a wrong one, 413 for a body that is too large, 400 for invalid JSON or
 * malformed signature headers, and 422 for a payload that breaks its schema. Middleware can still read the body.
 *
 * The handler throws `CoreError` with `body-used` if a middleware has consumed the body of `c.req.raw`, and
 * `SigningError` with `bad-secret` or `no-secrets` for a wrong secret.
 *
 * @example
 * app.post(
 *   '/events/invoices/:id',
 *   receive(invoiceNotification, { secrets }).handle(async ({ params, payload }) => {
 *     console.log(params.id, payload.paid)
 *     return { status: 200, body: { ok: true } }
 *   }),
 * )
 *
 * @throws {CoreError} with `option` for a wrong or unknown argument, which JavaScript can pass
 */
export function receive<TCallback extends AnyOutgoing>(
  callback: TCallback,
  options: ReceiveOptions,
): ReceiverBuilder<
  PayloadOf<TypesOf<TCallback>['request']>,
  ReceiverResponse<TypesOf<TCallback>['responses']>,
  ReceivedParts<TypesOf<TCallback>['request']>
> {
  checkArguments(callback, options)
  return {
    handle(handler) {
      checkHandler(handler)
      const respond = async (received: ReceiverRequest) => {
        // with the first request: a server starts without it
        late ??= await import('./receive-request.ts')
        return late.receiveRequest(callback, options, {
          received,
          // the types of the builder have checked it
          handler: handler as ReceiverHandler<unknown, HandlerResponse>,
        })
      }
      const hono = (c: Context) =>
        respond({ request: c.req.raw, params: c.req.param(), env: c.env, c })
      const fetch = (request: Request, env?: unknown) =>
        respond({ request, params: {}, env, c: undefined })
      return Object.assign(hono, { fetch })
    },
  }
}
