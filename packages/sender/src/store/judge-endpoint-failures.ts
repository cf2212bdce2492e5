import type { DeliveryTransition } from './delivery-store.ts'
import type { DisabledReason } from './stored-endpoint.ts'

/** What an attempt means for a registered endpoint. */
export interface FailureJudgement {
  /** Since when no attempt has succeeded; absent after a success. */
  readonly failingSince?: number
  readonly disabled?: DisabledReason
}

const DAY = 24 * 60 * 60_000

/** A registered endpoint is disabled after so many milliseconds without a success. */
export const MOST_FAILING: number = 5 * DAY

/**
 * Gives what an attempt changes for a registered endpoint: a 410 disables it, and so does a failure after five days
 * without a success. `undefined` when nothing changes.
 */
export function judgeEndpointFailures(
  failingSince: number | undefined,
  { state, reason, receiver }: Pick<DeliveryTransition, 'state' | 'reason' | 'receiver'>,
  now: number,
): FailureJudgement | undefined {
  if (state === 'delivered') return failingSince === undefined ? undefined : {}
  const since = failingSince ?? now
  if (reason === 'gone') return { failingSince: since, disabled: 'gone' }
  // a failure on our side says nothing of the receiver
  if (receiver === undefined || receiver.verdict === 'unrelated') return undefined
  if (now - since >= MOST_FAILING) return { failingSince: since, disabled: 'failing' }
  return failingSince === undefined ? { failingSince: since } : undefined
}
