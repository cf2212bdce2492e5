import type { Delivery } from '@ringback/core'
import type { Attempt } from '../store/attempt.ts'
import type { Log } from './log.ts'

/** A delivery has a new state; with the attempt that led to it, if there was one. */
export interface DeliveryEvent {
  readonly delivery: Delivery
  readonly attempt?: Attempt
  /** Milliseconds from when it was first due until it was delivered; present when it was. */
  readonly latency?: number
  /** Until when its endpoint is held now; its other deliveries are parked. */
  readonly heldUntil?: number
}

/** Called with each event, in order. */
export type DeliveryListener = (event: DeliveryEvent) => void

/** The one stream of events of a sender. */
export interface Events {
  on(listener: DeliveryListener): () => void
  emit(event: DeliveryEvent): void
  /** Reports an error that no caller waits for. */
  fail(error: unknown): void
}

/** Makes a stream without listeners. */
export function createEvents(log: Log): Events {
  const listeners = new Set<DeliveryListener>()
  const fail = (error: unknown) => {
    const thrown = error instanceof Error ? error : new Error(String(error))
    log.error(thrown, 'ringback: an error that no caller waits for')
  }
  return {
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit(event) {
      for (const listener of listeners) {
        // an error of a listener, which may be asynchronous, does not stop the sender
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
