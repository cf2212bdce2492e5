import type { AttemptReason } from '../store/attempt.ts'
import type { StoredDelivery, Transition } from '../store/delivery-store.ts'
import { backoff, type Pressure } from './backoff.ts'

/** What came of one request. */
export type AttemptOutcome =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly retryAfter?: number
      readonly reason?: AttemptReason
      readonly detail?: string
    }
  | { readonly kind: 'failed'; readonly why: FailureReason; readonly detail: string }

/** Why there was no answer. */
export type FailureReason = Exclude<AttemptReason, 'status' | 'redirect' | 'declaration'>

/** How an outcome becomes a state. */
export interface RetryPolicy {
  readonly schedule: readonly number[]
  readonly now: number
  readonly random: () => number
}

const MAX_REFUSALS = 3
const OVERLOADED = new Set([429, 502, 504])
const PROXY_WAIT = 30_000

/** The state table: a delivery that was being sent, and what came of it, give what becomes of it. */
export function transitionOf(
  delivery: StoredDelivery,
  outcome: AttemptOutcome,
  policy: RetryPolicy,
): Transition {
  const { detail } = outcome
  const counted = {
    attemptCount: delivery.attemptCount + 1,
    refusals: isFailure(outcome, 'blocked') ? delivery.refusals + 1 : 0,
    ...(detail !== undefined && { detail }),
  }
  const dead = (reason: NonNullable<Transition['reason']>): Transition => ({
    ...counted,
    state: 'dead',
    reason,
  })

  if (outcome.kind === 'answered') {
    const { status } = outcome
    if (isSuccess(status)) return { ...counted, state: 'delivered' }
    if (status === 410) return dead('gone')
    if (delivery.finalStatuses?.includes(status)) return dead('rejected')
  }
  if (counted.refusals >= MAX_REFUSALS) return dead('blocked')

  const retry = nextAttempt(delivery, outcome, policy)
  if (retry === undefined) return dead(isFailure(outcome, 'internal') ? 'internal' : 'exhausted')
  const { expiresAt } = delivery
  if (expiresAt !== undefined && retry.dueAt >= expiresAt) return dead('expired')
  return { ...counted, ...retry, state: 'scheduled' }
}

/** Whether a status ends a delivery well. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

/** When the next attempt is due; what is not the receiver's doing leaves the schedule where it stood. */
function nextAttempt(
  { attemptCount, refusals }: StoredDelivery,
  outcome: AttemptOutcome,
  { schedule, now, random }: RetryPolicy,
): (Partial<Transition> & { readonly dueAt: number }) | undefined {
  if (isFailure(outcome, 'shutdown')) return { dueAt: now, attemptCount, refusals }
  if (isFailure(outcome, 'proxy')) {
    return { dueAt: now + Math.round(PROXY_WAIT * (1 + random() * 0.2)), attemptCount, refusals }
  }
  const delay = backoff(attemptCount + 1, schedule, { ...pressureOf(outcome), random })
  return delay === undefined ? undefined : { dueAt: now + delay }
}

function isFailure(outcome: AttemptOutcome, why: FailureReason): boolean {
  return outcome.kind === 'failed' && outcome.why === why
}

function pressureOf(outcome: AttemptOutcome): Pressure {
  if (outcome.kind === 'failed') return { overloaded: outcome.why === 'timeout' }
  const { status, retryAfter } = outcome
  return { overloaded: OVERLOADED.has(status), ...(retryAfter !== undefined && { retryAfter }) }
}
