import type { StoredDelivery } from './delivery-store.ts'

/** Tells whether two deliveries send the same bytes to the same URL. */
export function isSameDelivery(a: StoredDelivery, b: StoredDelivery): boolean {
  if (a.url !== b.url || a.payload.byteLength !== b.payload.byteLength) return false
  return a.payload.every((byte, index) => byte === b.payload[index])
}
