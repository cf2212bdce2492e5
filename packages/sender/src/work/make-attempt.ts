import { sign } from '@ringback/signing'
import { FetchError } from 'ofetch'
import type { Clock } from '../clock.ts'
import type { Attempt, AttemptReason } from '../store/attempt.ts'
import type { StoredDelivery } from '../store/delivery-store.ts'
import { findEgressError } from '../transport/egress/find-egress-error.ts'
import type { LeanFetch, ResponseHeaders } from '../transport/lean-fetch.ts'
import { type ResponseBody, readResponseBody } from '../transport/read-response-body.ts'
import { type AttemptOutcome, type FailureReason, isSuccess } from './outcome.ts'
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
  /** What of an answer is recorded. */
  readonly redact: RedactResponse
}

/** An outcome, its record, and what the receiver said; the body is for `call`. */
export interface AttemptResult {
  readonly outcome: AttemptOutcome
  readonly log: Attempt
  readonly body: ResponseBody | undefined
  /** What was thrown, when the request could not even be made. */
  readonly error: unknown
}

type RequestResult = Pick<AttemptResult, 'outcome'> & {
  readonly body?: ResponseBody
  readonly error?: unknown
  readonly response?: ReturnType<typeof recordResponse>
}

const TLS_CODE = /CERT|TLS|SSL|SIGNATURE|HOSTNAME_MISMATCH/

/**
 * Makes one signed HTTP request: one deadline over connect, headers and body; no redirects, no retries, and
 * at most 64 KiB of the answer. Never throws: what goes wrong is an outcome.
 */
export async function makeAttempt(
  delivery: StoredDelivery,
  transport: Transport,
  stop: AbortSignal,
): Promise<AttemptResult> {
  const { clock } = transport
  const startedAt = clock.now()
  const { outcome, body, response, error } = await requestInTime(delivery, transport, stop)
  const log: Attempt = {
    ...recordOutcome(outcome),
    startedAt,
    // a system's clock may be set back meanwhile
    duration: Math.max(0, clock.now() - startedAt),
    ...response,
  }
  return { outcome, log, body, error }
}

/** What a record says of an outcome. */
export function recordOutcome(
  outcome: AttemptOutcome,
): Pick<Attempt, 'status' | 'reason' | 'detail'> {
  const said: { -readonly [TMember in 'status' | 'reason' | 'detail']?: Attempt[TMember] } = {}
  const reason = outcome.kind === 'answered' ? outcome.reason : outcome.why
  if (outcome.kind === 'answered') said.status = outcome.status
  if (reason !== undefined) said.reason = reason
  if (outcome.detail !== undefined) said.detail = outcome.detail
  return said as ReturnType<typeof recordOutcome>
}

async function requestInTime(
  delivery: StoredDelivery,
  transport: Transport,
  stop: AbortSignal,
): Promise<RequestResult> {
  const { clock, deadline } = transport
  // not AbortSignal.any, which costs as much as the request: its signals are found by weak references
  const cutOff = new AbortController()
  const end = () => cutOff.abort()
  let isLate = false
  const cancelTimeout = clock.after(deadline, () => {
    isLate = !cutOff.signal.aborted
    end()
  })
  stop.addEventListener('abort', end)
  if (stop.aborted) end()
  try {
    return await request(delivery, transport, cutOff.signal)
  } catch (error) {
    if (isLate) {
      return failed('timeout', `no complete answer within ${deadline / 1000} s`)
    }
    if (stop.aborted) return failed('shutdown', 'cut off before there was an answer')
    const refusal = findEgressError(error)
    if (refusal) return failed(refusal.code === 'proxy' ? 'proxy' : 'blocked', refusal.reason)
    // ofetch wraps whatever the transport threw
    if (error instanceof FetchError) {
      const code = networkCode(error) ?? 'the connection failed'
      return failed(TLS_CODE.test(code) ? 'tls' : 'network', `no answer: ${code}`)
    }
    // not for the record: it comes from the application, as from its function of secrets
    return { ...failed('internal', 'the request could not be signed or made'), error }
  } finally {
    cancelTimeout()
    stop.removeEventListener('abort', end)
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
  const body = await readResponseBody(response.body)
  const retryAfter = readRetryAfter(headers, clock.now())
  return {
    outcome: {
      kind: 'answered',
      status,
      ...(retryAfter !== undefined && { retryAfter }),
      ...(!isSuccess(status) && describe(status, headers)),
    },
    body,
    response: recordResponse(headers, body, transport.redact),
  }
}

function failed(why: FailureReason, detail: string): RequestResult {
  return { outcome: { kind: 'failed', why, detail } }
}

function describe(
  status: number,
  headers: ResponseHeaders,
): { readonly reason: AttemptReason; readonly detail: string } {
  if (status < 300 || status >= 400) return { reason: 'status', detail: `answered ${status}` }
  const location = headers.get('location') ?? ''
  const to = URL.canParse(location) ? ` to ${new URL(location).host}` : ''
  const detail = `answered ${status}${to}: redirects are never followed`
  return { reason: 'redirect', detail }
}

/** The code of the error at the bottom, as `ECONNREFUSED`; not its message, which may hold an address. */
function networkCode(error: unknown): string | undefined {
  let current: unknown = error
  for (let depth = 0; depth < 8 && typeof current === 'object' && current !== null; depth += 1) {
    const { code, errors, cause } = current as { code?: unknown; errors?: unknown; cause?: unknown }
    if (typeof code === 'string') return code
    current = Array.isArray(errors) ? errors[0] : cause
  }
  return undefined
}
