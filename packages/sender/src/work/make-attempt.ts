import { sign } from '@ringback/signing'
import type { Clock } from '../clock.ts'
import type { OpenedTarget } from '../endpoints/open-target.ts'
import { SenderError } from '../errors.ts'
import { type AttemptSpan, addTrace, type Tracer } from '../operate/tracer.ts'
import { addQuery } from '../store/add-query.ts'
import { toDelivery, type Writable } from '../store/apply-change.ts'
import type { Attempt, AttemptReason } from '../store/attempt.ts'
import type {
  ClaimedDelivery,
  CredentialPlace,
  DeliverySettings,
  StoredDelivery,
} from '../store/delivery-store.ts'
import type { DeliveryTarget } from '../store/stored-endpoint.ts'
import { findEgressError } from '../transport/egress/find-egress-error.ts'
import type {
  LeanFetch,
  LeanRequest,
  RequestSignal,
  ResponseHeaders,
} from '../transport/lean-fetch.ts'
import type { OwnHosts } from '../transport/own-hosts.ts'
import { type ResponseBody, readResponseBody } from '../transport/read-response-body.ts'
import { createRequestAbort } from '../transport/request-abort.ts'
import type { GivenCredentials } from './ask-for-credentials.ts'
import type { Credentials } from './credentials.ts'
import { COULD_NOT_BE_MADE, describeFailure } from './describe-failure.ts'
import { type AttemptOutcome, isSuccess } from './outcome.ts'
import { readRetryAfter } from './read-retry-after.ts'
import { type RedactResponse, recordResponse } from './record-response.ts'
import type { SecretLookup } from './secrets.ts'
import type { Stop } from './stop.ts'
import { untilAborted } from './until-aborted.ts'

/** How requests are made. */
export interface Transport {
  readonly send: LeanFetch
  readonly clock: Clock
  /** Milliseconds for connect, headers and body together. */
  readonly deadline: number
  /** The live secrets of an owner, newest first. */
  readonly secretsOf: SecretLookup
  readonly credentials: Credentials
  readonly redact: RedactResponse
  readonly tracer?: Tracer | undefined
  /** The hosts that are told the trace. */
  readonly isOwn: OwnHosts
  /** Gives the secrets and the headers of a registered endpoint. */
  readonly openTarget: (target: DeliveryTarget) => Promise<OpenedTarget>
}

/** A delivery to send, and where it goes if its endpoint is a registered one. */
export type AttemptDelivery = StoredDelivery & Pick<ClaimedDelivery, 'target'>

/** The outcome of an attempt and its record; the body is for `call`. */
export interface AttemptResult {
  readonly outcome: AttemptOutcome
  readonly attempt: Attempt
  readonly body: ResponseBody | undefined
  /** The error thrown when the request could not be made at all. */
  readonly error: unknown
  /** To be ended with the record of the attempt. */
  readonly span: AttemptSpan | undefined
}

type RequestResult = Pick<AttemptResult, 'outcome'> & {
  readonly body?: ResponseBody
  readonly error?: unknown
  readonly response?: ReturnType<typeof recordResponse>
}

/**
 * Makes one signed HTTP request: one deadline for connect, headers and body; no redirects, no retries, and at most
 * 64 KiB of the response. Never rejects: a failure is an outcome.
 */
export async function makeAttempt(
  delivery: AttemptDelivery,
  transport: Transport,
  stop: Stop,
): Promise<AttemptResult> {
  const { clock, tracer } = transport
  const span = tracer?.beginAttempt(toDelivery(delivery), delivery.settings?.trace)
  const traced = span ? addTrace(delivery, span.context) : delivery
  const startedAt = clock.now()
  const { outcome, body, response, error } = await requestInTime(traced, transport, stop)
  const attempt: Attempt = {
    ...recordOutcome(outcome),
    startedAt,
    // the system's clock may have been set back meanwhile
    duration: Math.max(0, clock.now() - startedAt),
    ...response,
  }
  return { outcome, attempt, body, error, span }
}

/** Gives the part of an attempt's record that its outcome decides. */
export function recordOutcome(
  outcome: AttemptOutcome,
): Pick<Attempt, 'status' | 'reason' | 'detail'> {
  const recorded: Writable<Pick<Attempt, 'status' | 'reason' | 'detail'>> = {}
  const reason = outcome.kind === 'responded' ? outcome.reason : outcome.why
  if (outcome.kind === 'responded') recorded.status = outcome.status
  if (reason !== undefined) recorded.reason = reason
  if (outcome.detail !== undefined) recorded.detail = outcome.detail
  return recorded
}

async function requestInTime(
  delivery: AttemptDelivery,
  transport: Transport,
  stop: Stop,
): Promise<RequestResult> {
  const { clock } = transport
  const { deadline = transport.deadline } = delivery.settings ?? {}
  // not AbortSignal.any, which costs as much as the request
  const { signal, abort } = createRequestAbort()
  let isLate = false
  let isMade = false
  const cancelTimeout = clock.after(deadline, () => {
    isLate = !signal.aborted
    abort()
  })
  const unsubscribe = stop.onStop(abort)
  if (stop.isStopped) abort()
  try {
    const prepared = await prepare(delivery, transport, signal)
    isMade = true
    return await request(prepared, transport, signal)
  } catch (error) {
    // a proxy that has not accepted a connection yet is not the receiver's failure
    if (isLate && findEgressError(error)?.code === 'proxy')
      return { outcome: describeFailure(error) }
    if (isLate && isMade) return fail('timeout', `no complete response within ${deadline / 1000} s`)
    if (stop.isStopped) {
      return fail('shutdown', 'the sender was stopped before the response was complete')
    }
    if (!isMade) return failToMake(isLate ? lateError(deadline) : error)
    const outcome = describeFailure(error)
    return outcome.why === 'internal' ? { outcome, error } : { outcome }
  } finally {
    cancelTimeout()
    unsubscribe()
  }
}

/** A finished request, and what must not be recorded of its response. */
interface PreparedRequest extends Pick<LeanRequest, 'method' | 'headers' | 'body'> {
  readonly url: string
  readonly confidential: readonly string[]
}

const NO_CREDENTIALS: GivenCredentials = { headers: {}, query: '', confidential: [] }

/** Signs a request, and adds the credentials of this attempt. */
async function prepare(
  delivery: AttemptDelivery,
  { clock, secretsOf, credentials, isOwn, openTarget }: Transport,
  signal: RequestSignal,
): Promise<PreparedRequest> {
  const { id, owner, method, target, payload, settings = NO_SETTINGS } = delivery
  const url = urlOf(delivery)
  const hasBody = payload.byteLength > 0
  const given = settings.credentials
    ? await untilAborted(ask(delivery, settings.credentials, credentials), signal)
    : NO_CREDENTIALS
  const opened = target && (await untilAborted(openTarget(target), signal))
  const found = opened?.secrets ?? secretsOf(owner)
  // a list is not waited for, which would cost time
  const secrets = found instanceof Promise ? await untilAborted(found, signal) : found
  const timestamp = Math.floor(clock.now() / 1000)
  const signed = await sign({ id, timestamp, body: payload, secrets })
  // the sender's own come last, so that no other overrides them
  const headers =
    settings.headers || opened || given !== NO_CREDENTIALS
      ? { ...opened?.headers, ...settings.headers, ...given.headers, ...signed }
      : signed
  if (hasBody) headers['content-type'] = settings.contentType ?? 'application/json'
  headers['accept-encoding'] = 'identity'
  headers['user-agent'] = 'Ringback'
  headers['idempotency-key'] = id
  if (settings.trace && isOwn(url)) Object.assign(headers, settings.trace)
  return {
    url: given.query === '' ? url : addQuery(url, given.query),
    method: method.toUpperCase(),
    headers,
    body: hasBody ? payload : null,
    confidential: opened
      ? [...given.confidential, ...Object.values(opened.headers)]
      : given.confidential,
  }
}

/** The URL of a registered endpoint has no query of the message yet. */
function urlOf({ url = '', target, settings = NO_SETTINGS }: AttemptDelivery): string {
  if (target === undefined) return url
  return settings.query === undefined ? target.url : addQuery(target.url, settings.query)
}

const NO_SETTINGS: DeliverySettings = {}

async function ask(
  delivery: StoredDelivery,
  places: readonly CredentialPlace[],
  credentials: Credentials,
): Promise<GivenCredentials> {
  const { askForCredentials } = await import('./ask-for-credentials.ts')
  return askForCredentials(toDelivery(delivery), places, credentials)
}

async function request(
  { url, method, headers: head, body: payload, confidential }: PreparedRequest,
  transport: Transport,
  signal: RequestSignal,
): Promise<RequestResult> {
  const { clock } = transport
  const response = await transport.send(url, { method, headers: head, body: payload, signal })

  const { status, headers } = response
  const body = await readResponseBody(response.body, response.undecoded)
  const retryAfter = readRetryAfter(headers, clock.now())
  return {
    outcome: {
      kind: 'responded',
      status,
      ...(retryAfter !== undefined && { retryAfter }),
      ...(!isSuccess(status) && describeStatus(status, headers)),
    },
    body,
    response: recordResponse(headers, body, { redact: transport.redact, confidential }),
  }
}

function describeStatus(
  status: number,
  headers: ResponseHeaders,
): { readonly reason: AttemptReason; readonly detail: string } {
  if (status < 300 || status >= 400) {
    return { reason: 'status', detail: `the receiver responded ${status}` }
  }
  const location = headers.get('location') ?? ''
  const to = URL.canParse(location) ? ` to ${new URL(location).host}` : ''
  const detail = `the receiver redirected with ${status}${to}: redirects are never followed`
  return { reason: 'redirect', detail }
}

function fail(why: 'timeout' | 'shutdown', detail: string): RequestResult {
  return { outcome: { kind: 'failed', why, detail } }
}

/** The failure of a request that could not be signed or made, which says nothing about the receiver. */
function failToMake(error: unknown): RequestResult {
  const detail = error instanceof SenderError ? error.message : COULD_NOT_BE_MADE
  return { outcome: { kind: 'failed', why: 'internal', detail }, error }
}

function lateError(deadline: number): SenderError {
  return new SenderError(
    'credentials',
    `the secrets or credentials were not given within the deadline of ${deadline / 1000} s`,
  )
}
