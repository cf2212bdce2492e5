import { SenderError } from '../errors.ts'
import { type AttemptSpan, addTrace } from '../operate/tracer.ts'
import { toDelivery, type Writable } from '../store/apply-change.ts'
import type { Attempt, AttemptReason } from '../store/attempt.ts'
import { findEgressError } from '../transport/egress/find-egress-error.ts'
import type { RequestSignal, ResponseHeaders } from '../transport/lean-fetch.ts'
import { type ResponseBody, readResponseBody } from '../transport/read-response-body.ts'
import { createRequestAbort } from '../transport/request-abort.ts'
import { COULD_NOT_BE_MADE, describeFailure } from './describe-failure.ts'
import { type AttemptOutcome, isSuccess } from './outcome.ts'
import { type PreparedRequest, prepareRequest } from './prepare-request.ts'
import { readRetryAfter } from './read-retry-after.ts'
import { recordResponse } from './record-response.ts'
import type { Stop } from './stop.ts'
import type { AttemptDelivery, Transport } from './transport.ts'

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
    const prepared = await prepareRequest(delivery, transport, signal)
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
