import type { Attempt } from './attempt.ts'
import type { StoredDelivery } from './delivery-store.ts'

/** Gives the milliseconds from when a delivery was first due until its last attempt ended. */
export function latencyOf(
  { createdAt, settings }: Pick<StoredDelivery, 'createdAt' | 'settings'>,
  { startedAt, duration }: Pick<Attempt, 'startedAt' | 'duration'>,
): number {
  return Math.max(0, startedAt + duration - createdAt - (settings?.delay ?? 0))
}
