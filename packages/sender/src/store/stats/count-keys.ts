import type { Delivery } from '@ringback/core'
import type { Attempt } from '../attempt.ts'
import { bucketOf } from './latency-buckets.ts'

// a count is kept under a key of two or three words, which stores keep as text

/** The key of deliveries that have come to a final state, such as `end delivered` or `end dead exhausted`. */
export function endKey({ state, reason }: Pick<Delivery, 'state' | 'reason'>): string {
  return reason === undefined ? `end ${state}` : `end ${state} ${reason}`
}

/** The key of attempts with an outcome: the status, or the reason where there was none, such as `attempt timeout`. */
export function attemptKey({ status, reason }: Pick<Attempt, 'status' | 'reason'>): string {
  // a response that breaks its declaration has delivered all the same
  const isStatus = reason === undefined || reason === 'status' || reason === 'redirect'
  return `attempt ${isStatus ? status : reason}`
}

/** The key of deliveries that took about so many milliseconds until they were delivered, such as `latency 37`. */
export function latencyKey(milliseconds: number): string {
  return `latency ${bucketOf(milliseconds)}`
}
