import type { AnyOutgoing } from '@ringback/core'
import { CoreError, problemResponse } from '@ringback/core/internal'
import { SigningError, verify } from '@ringback/signing'
import { type HandlerResponse, makeResponse } from './make-response.ts'
import { readBody } from './read-body.ts'
import { readPayload } from './read-payload.ts'
import type { ReceiveOptions, ReceiverHandler, ReceiverRequest } from './receive.ts'
import { respondOnce } from './respond-once.ts'
import { respondToChallenge, respondToOwnEvent } from './respond-to-own-event.ts'
import type { SeenResponse } from './seen.ts'

const ONE_MEBIBYTE = 1024 * 1024

/** A request, and the function that handles it. */
export interface Received {
  readonly received: ReceiverRequest
  readonly handler: ReceiverHandler<unknown, HandlerResponse>
}

/** Verifies and validates a request, runs the handler, and responds. */
export async function receiveRequest(
  callback: AnyOutgoing,
  options: ReceiveOptions,
  { received, handler }: Received,
): Promise<Response> {
  const { tolerance, bodyLimit = ONE_MEBIBYTE, clock = Date, headerPrefix = 'webhook' } = options
  // a callback goes to a URL of its own request, which nobody registers or tests
  const isWebhook = 'name' in callback['~definition']
  const wrongMethod = refuseMethod(received.request.method, methodsOf(callback, isWebhook))
  if (wrongMethod) return wrongMethod
  const bytes = await readBody(received, bodyLimit)
  if (bytes === undefined) {
    return problemResponse(413, { detail: `the body must not exceed ${bodyLimit} bytes` })
  }

  const { headers } = received.request
  const secrets =
    typeof options.secrets === 'function' ? await options.secrets(received) : options.secrets
  try {
    const now = Math.floor(clock.now() / 1000)
    await verify({ headers, body: bytes, secrets, tolerance, now, headerPrefix })
  } catch (error) {
    if (!(error instanceof SigningError)) throw error
    const mayAnswer = isWebhook && options.answerChallenges && error.code === 'no-match'
    return (mayAnswer && respondToChallenge(bytes)) || respondToFailure(error)
  }
  const own = isWebhook ? respondToOwnEvent(bytes) : undefined
  if (own) return own

  const { body: schema, mediaType, headers: fields, query } = callback['~definition']
  const other =
    (mediaType ?? fields ?? query) === undefined ? undefined : await import('./read-other.ts')
  const checked = mediaType
    ? await other?.readOtherPayload(callback['~definition'], bytes)
    : await readPayload(schema, bytes)
  if (checked && !checked.ok) return checked.response
  const parts = await other?.readParts(callback['~definition'], received.request)
  if (parts && !parts.ok) return parts.response

  const messageId = headers.get(`${headerPrefix}-id`) ?? ''
  const sentAt = new Date(Number(headers.get(`${headerPrefix}-timestamp`)) * 1000)
  const callbackReceived = {
    ...received,
    messageId,
    sentAt,
    payload: checked?.payload,
    ...parts?.parts,
  }
  return respond(options, received, {
    messageId,
    handle: async () => makeResponse(callback, await handler(callbackReceived)),
  })
}

/** The challenge of a webhook's endpoint, and its test event, are sent by POST. */
function methodsOf(callback: AnyOutgoing, isWebhook: boolean): ReadonlySet<string> {
  const own = callback['~definition'].method.toUpperCase()
  return new Set(isWebhook ? [own, 'POST'] : [own])
}

/** Responds with 405 and `Allow` to a method that nobody sends. */
function refuseMethod(method: string, methods: ReadonlySet<string>): Response | undefined {
  if (methods.has(method)) return undefined
  const detail = `this receiver takes ${[...methods].join(' and ')}, not ${method}`
  const response = problemResponse(405, { detail })
  response.headers.set('allow', [...methods].join(', '))
  return response
}

interface Verified {
  readonly messageId: string
  /** Runs the handler, and makes its response. */
  readonly handle: () => Promise<SeenResponse>
}

async function respond(
  { seen, log = console }: ReceiveOptions,
  { params }: ReceiverRequest,
  { messageId, handle }: Verified,
): Promise<Response> {
  const report = (error: unknown) => {
    if (log) log.error(error)
  }
  // a request with other parameters is another one, such as that of another tenant
  const key = Object.keys(params).length > 0 ? JSON.stringify([messageId, params]) : messageId
  try {
    const response = await (seen ? respondOnce({ seen, key, handle, log: report }) : handle())
    const { status, headers, body } = response
    return new Response(body, { status, headers })
  } catch (error) {
    if (!(error instanceof CoreError) || error.code !== 'response') throw error
    report(error)
    return problemResponse(500, { detail: 'the receiver could not make its response' })
  }
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
