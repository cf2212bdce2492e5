import type { Delivery } from '@ringback/core'
import { addTrace, type Tracer } from '../operate/tracer.ts'
import { toDelivery } from '../store/apply-change.ts'
import type { StoredDelivery } from '../store/delivery-store.ts'

/** A delivery with its trace, and how to end the span of its send. */
export interface TracedSend {
  readonly delivery: StoredDelivery
  end(result: { readonly delivery: Delivery } | { readonly error: unknown }): void
}

/** Begins to trace a send, where there is a tracer; a skipped delivery sends nothing. */
export function traceSend(tracer: Tracer | undefined, delivery: StoredDelivery): TracedSend {
  const span = delivery.state === 'skipped' ? undefined : tracer?.beginSend(toDelivery(delivery))
  if (span === undefined) return { delivery, end: ignore }
  return { delivery: addTrace(delivery, span.context), end: span.end }
}

const ignore = () => {}
