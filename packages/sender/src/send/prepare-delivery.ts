import type { Delivery, PreparedDelivery } from '@ringback/core'
import { SenderError } from '../errors.ts'
import { toDelivery } from '../store/apply-change.ts'
import type { DeliveryStore, EnqueueResult, StoredDelivery } from '../store/delivery-store.ts'
import { resolveDuplicate } from './resolve-duplicate.ts'

/** Wraps a delivery for storing in a transaction of the caller's; `onScheduled` is called when it was stored. */
export function prepareDelivery(
  prepared: StoredDelivery,
  store: Pick<DeliveryStore, 'enqueueIn'>,
  onScheduled: (delivery: Delivery) => void,
): PreparedDelivery {
  const delivery = toDelivery(prepared)
  return {
    delivery,
    // a store that needs a promise is not one of node:sqlite, whose connections alone are synchronous
    enqueue: ((transaction: unknown) => {
      if (prepared.state === 'skipped') return delivery
      if (store.enqueueIn === undefined) {
        throw new SenderError(
          'transaction',
          "this store cannot write in the caller's transaction: use one that can, such as sqliteStore",
        )
      }
      const finish = (result: EnqueueResult) => {
        const stored = resolveDuplicate(prepared, result)
        // takes effect at the end of this turn, when the transaction has ended
        if (stored.state === 'scheduled') onScheduled(stored)
        return stored
      }
      const result = store.enqueueIn(transaction, prepared)
      return result instanceof Promise ? result.then(finish) : finish(result)
    }) as PreparedDelivery['enqueue'],
  }
}
