import type { Delivery } from '@ringback/core'

/** What a dedupe key is unique within. */
export function dedupeKeyOf({ owner, operationId, callback, dedupeKey }: Delivery): string {
  return JSON.stringify([owner, operationId, callback, dedupeKey])
}

/** What an order key orders; `undefined` without one. */
export function orderKeyOf({ owner, endpoint, orderKey }: Delivery): string | undefined {
  return orderKey === undefined ? undefined : JSON.stringify([owner, endpoint, orderKey])
}

/** Whether nothing will be sent any more. */
export function isFinal({ state }: Delivery): boolean {
  return state !== 'scheduled' && state !== 'sending'
}
