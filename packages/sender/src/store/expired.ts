import type { DeliveryTransition } from './delivery-store.ts'

/** The change of a delivery whose `expiresAt` has passed. */
export const EXPIRED: Pick<DeliveryTransition, 'state' | 'reason' | 'detail'> = {
  state: 'dead',
  reason: 'expired',
  detail: 'expired before it was delivered',
}
