import type {
  AnyOutgoing,
  AnySchema,
  InputOf,
  OutgoingPart,
  OutputOf,
  ResponseStatusOf,
} from '@ringback/core'
import { problemResponse } from '@ringback/core/internal'
import { SigningError, verify } from '@ringback/signing'
import type { Context } from 'hono'
import { readBody } from './read-body.ts'
import { readPayload } from './read-payload.ts'

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

/** A declared response: its status, and its body if it has a schema. */
export type ReceiverResponse<TResponses> = {
  [TStatus in keyof TResponses]: TResponses[TStatus] extends AnySchema
    ? { readonly status: ResponseStatusOf<TStatus>; readonly body: InputOf<TResponses[TStatus]> }
    : { readonly status: ResponseStatusOf<TStatus>; readonly body?: undefined }
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

const ONE_MEBIBYTE = 1024 * 1024

/**
 * Implements a callback or webhook of another API: verifies the signature over the raw body, parses and validates the
 * payload, and responds as the callback declares.
 *
 * Responds with 401 without a signature, 403 for a wrong one, 413 for a body that is too large, 400 for invalid JSON or
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
 */
export function receive<TCallback extends AnyOutgoing>(
  callback: TCallback,
  options: ReceiveOptions,
): ReceiverBuilder<
  PayloadOf<TypesOf<TCallback>['request']>,
  ReceiverResponse<TypesOf<TCallback>['responses']>,
  ReceivedParts<TypesOf<TCallback>['request']>
> {
  return {
    handle(handler) {
      const respond = (received: ReceiverRequest) =>
        // the types of the builder have checked the handler
        receiveRequest(callback, options, {
          received,
          handler: handler as ReceiverHandler<unknown, AnyReceiverResponse>,
        })
      const hono = (c: Context) =>
        respond({ request: c.req.raw, params: c.req.param(), env: c.env, c })
      const fetch = (request: Request, env?: unknown) =>
        respond({ request, params: {}, env, c: undefined })
      return Object.assign(hono, { fetch })
    },
  }
}

interface AnyReceiverResponse {
  readonly status: number
  readonly body?: unknown
}

interface Received {
  readonly received: ReceiverRequest
  readonly handler: ReceiverHandler<unknown, AnyReceiverResponse>
}

async function receiveRequest(
  callback: AnyOutgoing,
  options: ReceiveOptions,
  { received, handler }: Received,
): Promise<Response> {
  const { tolerance, bodyLimit = ONE_MEBIBYTE, clock = Date } = options
  const bytes = await readBody(received, bodyLimit)
  if (bytes === undefined) {
    return problemResponse(413, { detail: `the body must not exceed ${bodyLimit} bytes` })
  }

  const { headers } = received.request
  const secrets =
    typeof options.secrets === 'function' ? await options.secrets(received) : options.secrets
  try {
    const now = Math.floor(clock.now() / 1000)
    await verify({ headers, body: bytes, secrets, tolerance, now })
  } catch (error) {
    if (error instanceof SigningError) return respondToFailure(error)
    throw error
  }

  const { body: schema, mediaType, headers: fields, query } = callback['~definition']
  const other =
    (mediaType ?? fields ?? query) === undefined ? undefined : await import('./read-other.ts')
  const checked = mediaType
    ? await other?.readOtherPayload(callback['~definition'], bytes)
    : await readPayload(schema, bytes)
  if (checked && !checked.ok) return checked.response
  const parts = await other?.readParts(callback['~definition'], received.request)
  if (parts && !parts.ok) return parts.response
  const { status, body } = await handler({
    ...received,
    messageId: headers.get('webhook-id') ?? '',
    sentAt: new Date(Number(headers.get('webhook-timestamp')) * 1000),
    payload: checked?.payload,
    ...parts?.parts,
  })
  return body === undefined ? new Response(null, { status }) : Response.json(body, { status })
}

/** Responds to the sender's mistakes; throws the receiver's own, such as an invalid secret. */
function respondToFailure(error: SigningError): Response {
  const detail = error.message
  switch (error.code) {
    case 'missing-header':
      return problemResponse(401, { detail })
    case 'malformed-header':
      return problemResponse(400, { detail })
    case 'too-old':
    case 'too-new':
    case 'no-match':
      return problemResponse(403, { detail })
    default:
      throw error
  }
}
