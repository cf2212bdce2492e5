import type { Delivery } from '@ringback/core'
import { SenderError } from '../errors.ts'
import type { EnqueueResult, StoredDelivery } from '../store/delivery-store.ts'

/**
 * Gives the delivery that is stored now: the given one, or the earlier one with its dedupeKey.
 *
 * @throws {SenderError} with `dedupe`
 */
export function resolveDuplicate(
  delivery: StoredDelivery,
  result: EnqueueResult,
): Delivery | StoredDelivery {
  if (result.kind === 'stored') return delivery
  if (result.kind === 'duplicate') return result.delivery
  throw new SenderError(
    'dedupe',
    `the dedupeKey '${delivery.dedupeKey}' belongs to the delivery '${result.delivery.id}', which has another payload, URL or headers: use another key`,
  )
}
