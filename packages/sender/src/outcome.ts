import { backoff, type Pressure } from './backoff.ts'
import type { StoredDelivery, Transition } from './store.ts'

/** What came of one request. */
export type AttemptOutcome =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly retryAfter?: number
      readonly detail?: string
    }
  | { readonly kind: 'failed'; readonly why: FailureReason; readonly detail: string }

/** Why there was no answer. */
export type FailureReason =
  | 'timeout' // the deadline passed
  | 'network' // no connection, or a broken one
  | 'blocked' // the egress policy refused the address
  | 'shutdown' // the sender was stopped in the middle
  | 'internal' // the request could not be made at all

/** How an outcome becomes a state. */
export interface RetryPolicy {
  readonly schedule: readonly number[]
  readonly now: number
  readonly random: () => number
}

const MAX_REFUSALS = 3
const OVERLOADED = new Set([429, 502, 504])

/** The state table: a delivery that was being sent, and what came of it, give what becomes of it. */
export function transitionOf(
  delivery: StoredDelivery,
  outcome: AttemptOutcome,
  policy: RetryPolicy,
): Transition {
  const refused = outcome.kind === 'failed' && outcome.why === 'blocked'
  const counted = {
    attempts: delivery.attempts + 1,
    refusals: refused ? delivery.refusals + 1 : 0,
    ...(outcome.detail !== undefined && { detail: outcome.detail }),
  }

  if (outcome.kind === 'answered') {
    if (isSuccess(outcome.status)) return { ...counted, state: 'delivered' }
    if (outcome.status === 410) return { ...counted, state: 'dead', reason: 'gone' }
  } else if (outcome.why === 'shutdown') {
    // our own doing: due again at once, and the schedule stands where it stood
    return { ...counted, attempts: delivery.attempts, state: 'scheduled', dueAt: policy.now }
  }
  if (counted.refusals >= MAX_REFUSALS) return { ...counted, state: 'dead', reason: 'blocked' }

  const delay = backoff(counted.attempts, policy.schedule, {
    ...pressureOf(outcome),
    random: policy.random,
  })
  return delay === undefined
    ? { ...counted, state: 'dead', reason: 'exhausted' }
    : { ...counted, state: 'scheduled', dueAt: policy.now + delay }
}

/** Whether a status ends a delivery well. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

function pressureOf(outcome: AttemptOutcome): Pressure {
  if (outcome.kind === 'failed') return { overloaded: outcome.why === 'timeout' }
  const { status, retryAfter } = outcome
  return { overloaded: OVERLOADED.has(status), ...(retryAfter !== undefined && { retryAfter }) }
}
