import { sign } from '@ringback/signing'
import type { Clock } from '../clock.ts'
import type { Writable } from '../store/apply-change.ts'
import type { Attempt, AttemptReason } from '../store/attempt.ts'
import type { StoredDelivery } from '../store/delivery-store.ts'
import { findEgressError } from '../transport/egress/find-egress-error.ts'
import type { LeanFetch, ResponseHeaders } from '../transport/lean-fetch.ts'
import { type ResponseBody, readResponseBody } from '../transport/read-response-body.ts'
import { describeFailure } from './describe-failure.ts'
import { type AttemptOutcome, isSuccess } from './outcome.ts'
import { readRetryAfter } from './read-retry-after.ts'
import { type RedactResponse, recordResponse } from './record-response.ts'

/** How requests are made. */
export interface Transport {
  readonly send: LeanFetch
  readonly clock: Clock
  /** Milliseconds for connect, headers and body together. */
  readonly deadline: number
  /** The live secrets of an owner, newest first. */
  readonly secretsOf: (owner: string) => readonly string[]
  readonly redact: RedactResponse
}

/** The outcome of an attempt and its record; the body is for `call`. */
export interface AttemptResult {
  readonly outcome: AttemptOutcome
  readonly attempt: Attempt
  readonly body: ResponseBody | undefined
  /** The error thrown when the request could not be made at all. */
  readonly error: unknown
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
  delivery: StoredDelivery,
  transport: Transport,
  stop: AbortSignal,
): Promise<AttemptResult> {
  const { clock } = transport
  const startedAt = clock.now()
  const { outcome, body, response, error } = await requestInTime(delivery, transport, stop)
  const attempt: Attempt = {
    ...recordOutcome(outcome),
    startedAt,
    // the system's clock may have been set back meanwhile
    duration: Math.max(0, clock.now() - startedAt),
    ...response,
  }
  return { outcome, attempt, body, error }
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
  delivery: StoredDelivery,
  transport: Transport,
  stop: AbortSignal,
): Promise<RequestResult> {
  const { clock, deadline } = transport
  // not AbortSignal.any, which costs as much as the request: it holds its signals by weak references
  const aborted = new AbortController()
  const abort = () => aborted.abort()
  let isLate = false
  const cancelTimeout = clock.after(deadline, () => {
    isLate = !aborted.signal.aborted
    abort()
  })
  stop.addEventListener('abort', abort)
  if (stop.aborted) abort()
  try {
    return await request(delivery, transport, aborted.signal)
  } catch (error) {
    // a proxy that has not accepted a connection yet is not the receiver's failure
    if (isLate && findEgressError(error)?.code === 'proxy')
      return { outcome: describeFailure(error) }
    if (isLate) return fail('timeout', `no complete response within ${deadline / 1000} s`)
    if (stop.aborted) {
      return fail('shutdown', 'the sender was stopped before the response was complete')
    }
    const outcome = describeFailure(error)
    return outcome.why === 'internal' ? { outcome, error } : { outcome }
  } finally {
    cancelTimeout()
    stop.removeEventListener('abort', abort)
  }
}

async function request(
  delivery: StoredDelivery,
  transport: Transport,
  signal: AbortSignal,
): Promise<RequestResult> {
  const { clock, secretsOf } = transport
  const { id, owner, method, url = '', payload } = delivery
  const hasBody = payload.byteLength > 0
  const head = await sign({
    id,
    timestamp: Math.floor(clock.now() / 1000),
    body: payload,
    secrets: secretsOf(owner),
  })
  if (hasBody) head['content-type'] = 'application/json'
  head['accept-encoding'] = 'identity'
  head['user-agent'] = 'Ringback'
  head['idempotency-key'] = id
  const response = await transport.send(url, {
    method: method.toUpperCase(),
    headers: head,
    body: hasBody ? payload : null,
    signal,
  })

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
    response: recordResponse(headers, body, transport.redact),
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
