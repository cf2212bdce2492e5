import type { StoredMessage } from './endpoint-store.ts'
import type { StoredDelivery } from './stored-delivery.ts'
import type { StoredEndpoint } from './stored-endpoint.ts'

/** How many characters of an endpoint's id tell its deliveries apart: those that cannot be guessed. */
export const ENDPOINT_TAIL = 16

/** The end of a message that nobody listens to. */
export const NO_LISTENER = 'no endpoint of the owner listens to this webhook'

/** Gives the id of the delivery of a message to an endpoint: there is never a second one. */
export function publishedIdOf(messageId: string, endpointId: string): string {
  return `${messageId}_${endpointId.slice(-ENDPOINT_TAIL)}`
}

/** Gives the delivery of a message to an endpoint, or the skipped one of a message without listeners. */
export function publishedDelivery(
  // the dedupeKey is that of the message
  { dueAt, expiresAt, dedupeKey: _key, ...message }: StoredMessage,
  endpointId?: string,
): StoredDelivery {
  const given = { ...message, attemptCount: 0, refusals: 0 }
  const expiry = expiresAt !== undefined && { expiresAt }
  if (endpointId === undefined) {
    return { ...given, ...expiry, state: 'skipped', detail: NO_LISTENER }
  }
  const id = publishedIdOf(message.id, endpointId)
  const due = { dueAt: dueAt ?? message.createdAt }
  return { ...given, ...expiry, ...due, id, endpoint: endpointId, state: 'scheduled' }
}

/**
 * Tells whether an endpoint gets a message: it listens to one of the patterns, and is enabled, or the application has
 * paused it, so that what comes meanwhile is parked. One that is gone or failing gets nothing new.
 */
export function isListening(
  { events, state, disabledReason }: StoredEndpoint,
  patterns: readonly string[],
): boolean {
  const isReached = state === 'enabled' || disabledReason === 'application'
  return isReached && events.some((pattern) => patterns.includes(pattern))
}
