import type { StoredDelivery } from './delivery-store.ts'

/**
 * Tells whether two deliveries send the same bytes, headers and query to the same URL, so that one may stand for the
 * other. When and how often they are sent does not count.
 */
export function isSameDelivery(
  a: Pick<StoredDelivery, 'url' | 'payload' | 'settings'>,
  b: Pick<StoredDelivery, 'url' | 'payload' | 'settings'>,
): boolean {
  if (a.url !== b.url || a.payload.byteLength !== b.payload.byteLength) return false
  if (headOf(a) !== headOf(b)) return false
  return a.payload.every((byte, index) => byte === b.payload[index])
}

function headOf({ settings }: Pick<StoredDelivery, 'settings'>): string {
  return JSON.stringify([settings?.headers, settings?.contentType, settings?.query])
}
