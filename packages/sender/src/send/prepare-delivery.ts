import type { Delivery, PreparedDelivery } from '@ringback/core'
import { SenderError } from '../errors.ts'
import type { Tracer } from '../operate/tracer.ts'
import { toDelivery } from '../store/apply-change.ts'
import type { DeliveryStore, EnqueueResult, StoredDelivery } from '../store/delivery-store.ts'
import { resolveDuplicate } from './resolve-duplicate.ts'
import { traceSend } from './trace-send.ts'

/** Where a prepared delivery is stored. */
export interface PrepareOptions {
  readonly store: Pick<DeliveryStore, 'enqueueIn'>
  readonly tracer: Tracer | undefined
  /** Called when it was stored, to be sent. */
  readonly onScheduled: (delivery: Delivery) => void
}

/** Wraps a delivery for storing in a transaction of the caller's. */
export function prepareDelivery(
  prepared: StoredDelivery,
  { store, tracer, onScheduled }: PrepareOptions,
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
      const traced = traceSend(tracer, prepared)
      const finish = (result: EnqueueResult) => {
        const stored = resolveDuplicate(prepared, result)
        traced.end({ delivery: stored })
        // takes effect at the end of this turn, when the transaction has ended
        if (stored.state === 'scheduled') onScheduled(stored)
        return stored
      }
      const fail = (error: unknown): never => {
        traced.end({ error })
        throw error
      }
      try {
        const result = store.enqueueIn(transaction, traced.delivery)
        return result instanceof Promise ? result.then(finish).catch(fail) : finish(result)
      } catch (error) {
        return fail(error)
      }
    }) as PreparedDelivery['enqueue'],
  }
}
