import type { DeadReason } from '@ringback/core'

/** How a delivery ends without a request. */
export interface End {
  readonly state: 'dead'
  readonly reason: DeadReason
  readonly detail: string
}

/** The end of a delivery whose `expiresAt` has passed. */
export const EXPIRED: End = {
  state: 'dead',
  reason: 'expired',
  detail: 'expired before it was delivered',
}

/** So many leases in a row may end without a commit; then the delivery ends as `LOST`. */
export const MOST_LOST_LEASES = 3

/** The end of a delivery whose leases were lost too often in a row. */
export const LOST: End = {
  state: 'dead',
  reason: 'internal',
  detail: 'the sender was lost in the middle of each of the last attempts',
}
