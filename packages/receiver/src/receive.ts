import type { AnyOutgoing, AnySchema, InputOf, OutputOf, ResponseStatusOf } from '@ringback/core'
import { isTooDeep, problemResponse, readBytes, toProblemIssues } from '@ringback/core/internal'
import { SigningError, verify } from '@ringback/signing'
import type { Context } from 'hono'

/** Options of a receiver. */
export interface ReceiveOptions {
  /** The secrets or public keys of the sender, `whsec_…` or `whpk_…`; several during rotation. */
  readonly secrets: readonly string[]
  /** The maximum difference between the signature's time and the clock, in seconds; 300 by default. */
  readonly tolerance?: number
  /** The maximum size of a body, in bytes; 1 MiB by default. */
  readonly bodyLimit?: number
  /** Milliseconds since the Unix epoch; by default the system clock. */
  readonly clock?: { now(): number }
}

/** A verified and validated callback. */
export interface ReceivedCallback<TPayload> {
  /** The `webhook-id`: the same callback can arrive more than once, with the same id. */
  readonly id: string
  /** The time at which this attempt was signed. */
  readonly sentAt: Date
  readonly payload: TPayload
  /** The request, whose body is consumed. */
  readonly request: Request
}

/** A declared response: its status, and its body if it has a schema. */
export type ReceiverResponse<TResponses> = {
  [TStatus in keyof TResponses]: TResponses[TStatus] extends AnySchema
    ? { readonly status: ResponseStatusOf<TStatus>; readonly body: InputOf<TResponses[TStatus]> }
    : { readonly status: ResponseStatusOf<TStatus>; readonly body?: undefined }
}[keyof TResponses]

/** The function that handles a callback. */
export type ReceiverHandler<TPayload, TResponse> = (
  received: ReceivedCallback<TPayload>,
) => TResponse | Promise<TResponse>

/** A receiver: a Hono handler, with `fetch` for every other server. */
export interface Receiver {
  (c: Context): Promise<Response>
  fetch(request: Request): Promise<Response>
}

/** Takes the function that handles the callback. */
export interface ReceiverBuilder<TPayload, TResponse> {
  handle(handler: ReceiverHandler<TPayload, TResponse>): Receiver
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
 * malformed signature headers, and 422 for a payload that breaks its schema.
 *
 * @example
 * app.post(
 *   '/events/invoices/:id',
 *   receive(invoiceNotification, { secrets }).handle(async ({ payload }) => {
 *     console.log(payload.paid)
 *     return { status: 200, body: { ok: true } }
 *   }),
 * )
 */
export function receive<TCallback extends AnyOutgoing>(
  callback: TCallback,
  options: ReceiveOptions,
): ReceiverBuilder<
  PayloadOf<TypesOf<TCallback>['request']>,
  ReceiverResponse<TypesOf<TCallback>['responses']>
> {
  return {
    handle(handler) {
      const respond = (request: Request) =>
        // the types of the builder have checked the handler
        receiveRequest(callback, options, {
          request,
          handler: handler as ReceiverHandler<unknown, AnyReceiverResponse>,
        })
      const hono = async (c: Context) => respond(await unreadRequest(c))
      return Object.assign(hono, { fetch: respond })
    },
  }
}

interface AnyReceiverResponse {
  readonly status: number
  readonly body?: unknown
}

interface Received {
  readonly request: Request
  readonly handler: ReceiverHandler<unknown, AnyReceiverResponse>
}

async function receiveRequest(
  callback: AnyOutgoing,
  options: ReceiveOptions,
  { request, handler }: Received,
): Promise<Response> {
  const { secrets, tolerance, bodyLimit = ONE_MEBIBYTE, clock = Date } = options
  const bytes = request.body ? await readBytes(request.body, bodyLimit) : new Uint8Array()
  if (bytes === undefined) {
    return problemResponse(413, { detail: `the body must not exceed ${bodyLimit} bytes` })
  }

  const { headers } = request
  try {
    const now = Math.floor(clock.now() / 1000)
    await verify({ headers, body: bytes, secrets, tolerance, now })
  } catch (error) {
    if (error instanceof SigningError) return respondToFailure(error)
    throw error
  }

  const checked = await readPayload(callback['~definition'].body, bytes)
  if (!checked.ok) return checked.response
  const { status, body } = await handler({
    id: headers.get('webhook-id') ?? '',
    sentAt: new Date(Number(headers.get('webhook-timestamp')) * 1000),
    payload: checked.payload,
    request,
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

type Payload =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly response: Response }

async function readPayload(
  schema: AnySchema | undefined,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Payload> {
  if (schema === undefined) return { ok: true, payload: undefined }
  let payload: unknown
  try {
    payload = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { ok: false, response: problemResponse(400, { detail: 'the body is not valid JSON' }) }
  }
  return validatePayload(schema, payload)
}

async function validatePayload(schema: AnySchema, payload: unknown): Promise<Payload> {
  try {
    const checked = await schema['~standard'].validate(payload)
    if (!checked.issues) return { ok: true, payload: checked.value }
    const errors = toProblemIssues('body', checked.issues, payload)
    return {
      ok: false,
      response: problemResponse(422, { detail: 'the payload breaks its schema', errors }),
    }
  } catch (error) {
    if (!isTooDeep(error)) throw error
    return {
      ok: false,
      response: problemResponse(400, { detail: 'the body is nested too deeply' }),
    }
  }
}

/** The request with its body; if a middleware has consumed that, from Hono's cache. */
async function unreadRequest(c: Context): Promise<Request> {
  const { raw } = c.req
  if (!raw.bodyUsed) return raw
  const { method, headers, signal } = raw
  return new Request(c.req.url, { method, headers, signal, body: await c.req.arrayBuffer() })
}
