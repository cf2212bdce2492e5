import type { Delivery } from '@ringback/core'
import type { Attempt } from '../store/attempt.ts'

/** A delivery has a new state; with the attempt that led to it, where there was one. */
export interface DeliveryEvent {
  readonly delivery: Delivery
  readonly attempt?: Attempt
  /** Its endpoint is held until then; what else waits for it is parked. */
  readonly heldUntil?: number
}

/** Is told each event, in order. */
export type DeliveryListener = (event: DeliveryEvent) => void

/** The one stream of events of a sender. */
export interface Events {
  on(listener: DeliveryListener): () => void
  emit(event: DeliveryEvent): void
  /** Something failed that nobody waits for. */
  fail(error: unknown): void
}

/** Starts a stream without listeners. */
export function createEvents(): Events {
  const listeners = new Set<DeliveryListener>()
  const fail = (error: unknown) => console.error('ringback:', error)
  return {
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit(event) {
      for (const listener of listeners) {
        // a listener's mistake is no reason not to send; it may well be asynchronous
        try {
          const result: unknown = listener(event)
          if (result instanceof Promise) result.catch(fail)
        } catch (error) {
          fail(error)
        }
      }
    },
    fail,
  }
}
