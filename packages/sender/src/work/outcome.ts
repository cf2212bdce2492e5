import type { AttemptReason } from '../store/attempt.ts'

/** The outcome of one request. */
export type AttemptOutcome =
  | {
      readonly kind: 'responded'
      readonly status: number
      /** Milliseconds. */
      readonly retryAfter?: number
      readonly reason?: AttemptReason
      readonly detail?: string
    }
  | { readonly kind: 'failed'; readonly why: FailureReason; readonly detail: string }

/** Why there was no response. */
export type FailureReason = Exclude<AttemptReason, 'status' | 'redirect' | 'declaration'>

/** Tells whether a status means that the delivery was delivered. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}
