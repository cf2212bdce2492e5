import type { Delivery } from '@ringback/core'

/** Gives the key within which a dedupeKey is unique. */
export function dedupeKeyOf({
  owner,
  operationId,
  callback,
  dedupeKey,
}: Pick<Delivery, 'owner' | 'operationId' | 'callback' | 'dedupeKey'>): string {
  return JSON.stringify([owner, operationId, callback, dedupeKey])
}

/** Gives the key of the deliveries that are sent one after the other; `undefined` without an orderKey. */
export function orderKeyOf({ owner, endpoint, orderKey }: Delivery): string | undefined {
  return orderKey === undefined ? undefined : JSON.stringify([owner, endpoint, orderKey])
}

/** Gives the key of an endpoint: the origin of a URL, for one owner. */
export function endpointKeyOf(owner: string, endpoint: string): string {
  return `${endpoint} ${owner}` // an origin contains no space
}

/** Tells whether nothing more will be sent. */
export function isFinal({ state }: Delivery): boolean {
  return state !== 'scheduled' && state !== 'sending'
}
