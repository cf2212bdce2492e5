import type { Delivery, DeliveryState } from '@ringback/core'
import { SenderError } from '../errors.ts'
import type { Attempt } from '../store/attempt.ts'
import type { DisabledReason } from '../store/stored-endpoint.ts'
import type { Log } from './log.ts'

/** What has happened: a delivery has a state, or a registered endpoint is disabled or has recovered. */
export type EventName =
  | `delivery.${DeliveryState}`
  | 'endpoint.disabled' // after a 410, or five days without a success
  | 'endpoint.recovered' // the first delivery after a hold was delivered

/** A delivery has a new state; with the attempt that led to it, if there was one. */
export interface DeliveryEvent {
  /** That of the delivery first, such as `delivery.dead`; then what the attempt means for its endpoint. */
  readonly names: readonly EventName[]
  readonly delivery: Delivery
  readonly attempt?: Attempt
  /** Milliseconds from when it was first due until it was delivered; present when it was. */
  readonly latency?: number
  /** Until when its endpoint is held now; its other deliveries are parked. */
  readonly heldUntil?: number
  /** Why its endpoint is disabled now; its other deliveries are parked. */
  readonly disabled?: DisabledReason
}

/** A change that is emitted, before it has its names. */
export interface Change extends Omit<DeliveryEvent, 'names'> {
  readonly isRecovered?: boolean
}

/** Called with each event, in order. */
export type DeliveryListener = (event: DeliveryEvent) => void

/** The one stream of events of a sender. */
export interface Events {
  on(listener: DeliveryListener): () => void
  emit(change: Change): void
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
      if (typeof listener !== 'function') {
        const sentence = 'on takes the function that is called with each event: on((event) => …)'
        throw new SenderError('option', sentence)
      }
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit({ isRecovered = false, ...change }) {
      const names: EventName[] = [`delivery.${change.delivery.state}`]
      if (change.disabled) names.push('endpoint.disabled')
      if (isRecovered) names.push('endpoint.recovered')
      const event = { names, ...change }
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
