import type { DeliveryTransition, StoredDelivery } from '../store/delivery-store.ts'
import { backoff, type Pressure } from './backoff.ts'
import { type AttemptOutcome, type FailureReason, isSuccess } from './outcome.ts'

/** How an outcome becomes a state. */
export interface RetryOptions {
  readonly schedule: readonly number[]
  readonly now: number
  readonly random: () => number
}

const MAX_REFUSALS = 3
const OVERLOADED = new Set([429, 502, 504])
const PROXY_WAIT = 30_000

/** The state table: a delivery that was being sent, and what came of it, give what becomes of it. */
export function decideTransition(
  delivery: StoredDelivery,
  outcome: AttemptOutcome,
  policy: RetryOptions,
): DeliveryTransition {
  const { detail } = outcome
  const counted = {
    attemptCount: delivery.attemptCount + 1,
    refusals: isFailure(outcome, 'blocked') ? delivery.refusals + 1 : 0,
    ...(detail !== undefined && { detail }),
  }
  const dead = (reason: NonNullable<DeliveryTransition['reason']>): DeliveryTransition => ({
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

/** When the next attempt is due; what is not the receiver's doing leaves the schedule where it stood. */
function nextAttempt(
  { attemptCount, refusals }: StoredDelivery,
  outcome: AttemptOutcome,
  { schedule, now, random }: RetryOptions,
): (Partial<DeliveryTransition> & { readonly dueAt: number }) | undefined {
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
