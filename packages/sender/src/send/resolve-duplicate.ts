import type { Delivery } from '@ringback/core'
import { SenderError } from '../errors.ts'
import type { EnqueueResult } from '../store/delivery-store.ts'

/**
 * Gives the delivery that is stored now: the given one, or the earlier one with its dedupeKey.
 *
 * @throws {SenderError} with `dedupe`
 */
export function resolveDuplicate(
  { dedupeKey }: Delivery,
  { kind, delivery }: EnqueueResult,
): Delivery {
  if (kind !== 'conflict') return delivery
  throw new SenderError(
    'dedupe',
    `the dedupeKey '${dedupeKey}' belongs to the delivery '${delivery.id}', which has another payload, URL or headers: use another key`,
  )
}
