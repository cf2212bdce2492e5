import { sign } from '@ringback/signing'
import { createFetch, FetchError } from 'ofetch'
import { type AnswerBody, readAnswer } from './answer.ts'
import type { Clock } from './clock.ts'
import { findEgressError } from './egress/find-egress-error.ts'
import { type AttemptOutcome, type FailureReason, isSuccess } from './outcome.ts'
import { readRetryAfter } from './retry-after.ts'
import type { Attempt, StoredDelivery } from './store.ts'

/** How requests are made. */
export interface Transport {
  readonly fetch: typeof fetch
  readonly clock: Clock
  /** Milliseconds for connect, headers and body together. */
  readonly deadline: number
  /** The live secrets of an owner, newest first. */
  readonly secretsOf: (owner: string) => readonly string[]
}

/** An outcome, its record, and what the receiver said; the body is for `call`. */
export interface AttemptResult {
  readonly outcome: AttemptOutcome
  readonly log: Attempt
  readonly body?: AnswerBody
  /** What was thrown, when the request could not even be made. */
  readonly error?: unknown
}

type RequestResult = Omit<AttemptResult, 'log'>

/**
 * Makes one signed HTTP request: one deadline over connect, headers and body; no redirects, no retries, and
 * at most 64 KiB of the answer. Never throws: what goes wrong is an outcome.
 */
export async function attempt(
  delivery: StoredDelivery,
  transport: Transport,
  stop: AbortSignal,
): Promise<AttemptResult> {
  const { clock } = transport
  const startedAt = clock.now()
  const result = await requestInTime(delivery, transport, stop)
  const { outcome } = result
  const log: Attempt = {
    startedAt,
    duration: clock.now() - startedAt,
    ...(outcome.kind === 'answered' && { status: outcome.status }),
    ...(outcome.detail !== undefined && { detail: outcome.detail }),
  }
  return { ...result, log }
}

async function requestInTime(
  delivery: StoredDelivery,
  transport: Transport,
  stop: AbortSignal,
): Promise<RequestResult> {
  const { clock, deadline } = transport
  const timeout = new AbortController()
  const cancelTimeout = clock.after(deadline, () => timeout.abort())
  const signal = AbortSignal.any([timeout.signal, stop])
  try {
    return await request(delivery, transport, signal)
  } catch (error) {
    if (timeout.signal.aborted) {
      return failed('timeout', `no complete answer within ${deadline / 1000} s`)
    }
    if (stop.aborted) return failed('shutdown', 'cut off before there was an answer')
    const refusal = findEgressError(error)
    if (refusal) return failed('blocked', refusal.reason)
    // ofetch wraps whatever the transport threw
    if (error instanceof FetchError) {
      return failed('network', `no answer: ${networkCode(error) ?? 'the connection failed'}`)
    }
    // not for the record: it comes from the application, as from its function of secrets
    return { ...failed('internal', 'the request could not be signed or made'), error }
  } finally {
    cancelTimeout()
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
  const signature = await sign({
    id,
    timestamp: Math.floor(clock.now() / 1000),
    body: payload,
    secrets: secretsOf(owner),
  })

  const { raw } = createFetch({ fetch: transport.fetch, Headers, AbortController })
  // ofetch's own retry and timeout are off: the one would resend at once, the other ends at the headers
  const response = await raw<unknown, 'stream'>(url, {
    method: method.toUpperCase(),
    ...(hasBody && { body: payload }),
    headers: {
      ...(hasBody && { 'content-type': 'application/json' }),
      'accept-encoding': 'identity',
      'user-agent': 'Ringback',
      'idempotency-key': id,
      ...signature,
    },
    retry: false,
    ignoreResponseError: true,
    redirect: 'manual',
    responseType: 'stream',
    signal,
  })

  const body = await readAnswer(response._data)
  const { status } = response
  const retryAfter = readRetryAfter(response.headers, clock.now())
  return {
    outcome: {
      kind: 'answered',
      status,
      ...(retryAfter !== undefined && { retryAfter }),
      ...(!isSuccess(status) && { detail: describe(status) }),
    },
    body,
  }
}

function failed(why: FailureReason, detail: string): RequestResult {
  return { outcome: { kind: 'failed', why, detail } }
}

function describe(status: number): string {
  return status >= 300 && status < 400
    ? `answered ${status}: redirects are never followed`
    : `answered ${status}`
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
