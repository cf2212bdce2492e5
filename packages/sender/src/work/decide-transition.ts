import type { DeliveryTransition, StoredDelivery } from '../store/delivery-store.ts'
import { backoff, type Pressure } from './backoff.ts'
import { type AttemptOutcome, type FailureReason, isSuccess } from './outcome.ts'

/** When a failed delivery is sent again. */
export interface RetryOptions {
  /** Of the sender; a delivery's own settings come first. */
  readonly schedule: readonly number[]
  readonly overloadWait: number
  readonly now: number
  readonly random: () => number
}

const MAX_REFUSALS = 3
const OVERLOADED = new Set([429, 502, 504])
const OWN_WAIT = 30_000

/** The state table: decides the next state of a delivery from the outcome of an attempt. */
export function decideTransition(
  delivery: StoredDelivery,
  outcome: AttemptOutcome,
  options: RetryOptions,
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

  if (outcome.kind === 'responded') {
    const { status } = outcome
    if (isSuccess(status)) return { ...counted, state: 'delivered' }
    if (status === 410) return dead('gone')
    if (delivery.settings?.finalStatuses?.includes(status)) return dead('rejected')
  }
  if (counted.refusals >= MAX_REFUSALS) return dead('blocked')

  const retry = scheduleRetry(delivery, outcome, options)
  if (retry === undefined) return dead(isFailure(outcome, 'internal') ? 'internal' : 'exhausted')
  const { expiresAt } = delivery
  if (expiresAt !== undefined && options.now + retry.delay >= expiresAt) return dead('expired')
  return { ...counted, ...retry, state: 'scheduled' }
}

/** Gives the delay before the next attempt; a failure that is not the receiver's does not use up the schedule. */
function scheduleRetry(
  { attemptCount, refusals, settings }: StoredDelivery,
  outcome: AttemptOutcome,
  { random, ...ofSender }: RetryOptions,
): (Partial<DeliveryTransition> & { readonly delay: number }) | undefined {
  if (isFailure(outcome, 'shutdown')) return { delay: 0, attemptCount, refusals }
  if (isFailure(outcome, 'proxy') || isFailure(outcome, 'local')) {
    return { delay: Math.round(OWN_WAIT * (1 + random() * 0.2)), attemptCount, refusals }
  }
  const { schedule, overloadWait } = { ...ofSender, ...settings }
  const pressure = { ...pressureOf(outcome), overloadWait }
  const delay = backoff(attemptCount + 1, schedule, { ...pressure, random })
  return delay === undefined ? undefined : { delay }
}

function isFailure(outcome: AttemptOutcome, why: FailureReason): boolean {
  return outcome.kind === 'failed' && outcome.why === why
}

function pressureOf(outcome: AttemptOutcome): Pressure {
  if (outcome.kind === 'failed') return { overloaded: outcome.why === 'timeout' }
  const { status, retryAfter } = outcome
  return { overloaded: OVERLOADED.has(status), ...(retryAfter !== undefined && { retryAfter }) }
}
