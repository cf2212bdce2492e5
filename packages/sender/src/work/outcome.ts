import type { AttemptReason } from '../store/attempt.ts'

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

/** Whether a status ends a delivery well. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}
