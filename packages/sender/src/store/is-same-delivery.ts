import type { StoredDelivery } from './delivery-store.ts'

/** Tells whether two deliveries send the same bytes and headers to the same URL. */
export function isSameDelivery(a: StoredDelivery, b: StoredDelivery): boolean {
  if (a.url !== b.url || a.payload.byteLength !== b.payload.byteLength) return false
  if (headOf(a) !== headOf(b)) return false
  return a.payload.every((byte, index) => byte === b.payload[index])
}

function headOf({ settings }: StoredDelivery): string {
  return JSON.stringify([settings?.headers, settings?.contentType])
}
