import type { Exchange } from '@ringback/expression'
import type { OperationCallback } from './definition.ts'

/**
 * Where a delivery stands. `skipped`, `unresolvable`, `delivered`, `cancelled` and `dead` are final:
 * a skipped delivery had no URL and needed none, an unresolvable one had no URL but should have.
 */
export type DeliveryState =
  | 'skipped'
  | 'unresolvable'
  | 'staged' // in memory, until the answer that its URL reads is there; never stored so
  | 'scheduled'
  | 'parked' // scheduled, but its endpoint is held until it recovers
  | 'sending'
  | 'delivered'
  | 'cancelled'
  | 'dead'

/** Why a delivery is dead. */
export type DeadReason =
  | 'blocked' // the egress policy refuses its URL
  | 'gone' // the receiver answered 410
  | 'rejected' // the receiver answered a status that the callback declares as final
  | 'exhausted' // every attempt of the schedule failed
  | 'expired' // its time was over
  | 'internal' // the sender itself failed, again and again

/** How one callback is sent. */
export interface SendOptions {
  /** Milliseconds before the first attempt. */
  readonly delay?: number
  /** When it is of no use any more, in milliseconds since the Unix epoch. */
  readonly expiresAt?: number
  /** Deliveries of one owner to one endpoint with the same key are sent one after the other. */
  readonly orderKey?: string
  /** The same key, within owner and callback, gives the same delivery; with another payload it is an error. */
  readonly dedupeKey?: string
}

/** One message owed to one endpoint. Times are milliseconds since the Unix epoch. */
export interface Delivery {
  /** The `webhook-id`, equal on every attempt. */
  readonly id: string
  readonly state: DeliveryState
  readonly owner: string
  readonly operationId: string
  readonly callback: string
  readonly method: string
  /** Absent while no URL could be had. */
  readonly url?: string
  /** Whose limits and breaker hold for it: the origin of the URL. */
  readonly endpoint?: string
  /** Present when dead. */
  readonly reason?: DeadReason
  /** For the operator, and nobody else: one sentence about the last thing that went wrong. */
  readonly detail?: string
  /** How many requests were made. */
  readonly attemptCount: number
  readonly createdAt: number
  /** When the next attempt is due; present while `scheduled` or `parked`. */
  readonly dueAt?: number
  readonly expiresAt?: number
  readonly orderKey?: string
  readonly dedupeKey?: string
  /** The delivery that this one sends once more. */
  readonly redriveOf?: string
  /** The key of the exchange that it is sent from, where that is kept. */
  readonly exchangeKey?: string
}

/** What a receiver answered to `call`: its status, and the body of that status as declared. */
export type CallResult<TResponse> =
  | { readonly ok: true; readonly response: TResponse; readonly delivery: Delivery }
  | { readonly ok: false; readonly detail: string; readonly delivery: Delivery }

/** A part of the request whose schema the request has passed. */
export type ValidatedPart = 'path' | 'query' | 'header' | 'body'

/** A callback of an operation, by the names that its deliveries are filed under. */
export interface CallbackContract {
  readonly operationId: string
  readonly name: string
  readonly callback: OperationCallback
}

/** All that a sender needs to send one callback. */
export interface CallbackMessage extends CallbackContract {
  readonly owner: string
  readonly exchange: Exchange
  /** A value missing from one of these parts was declared optional: the request passed its schema. */
  readonly validated: readonly ValidatedPart[]
  readonly payload: unknown
  readonly options?: SendOptions
  /** The key under which its exchange is kept. */
  readonly exchangeKey?: string
}

/** Which kept exchange: keys are the application's own, one of each within owner and operation. */
export interface ExchangePlace {
  readonly owner: string
  readonly operationId: string
  readonly key: string
}

/** An exchange that outlives its request, to send callbacks from later. */
export interface KeptExchange extends ExchangePlace {
  /** By the callback's name, its key and what that reads. */
  readonly callbacks: Readonly<
    Record<string, { readonly key: string; readonly exchange: Exchange }>
  >
  readonly validated: readonly ValidatedPart[]
}

/** A delivery that is validated, resolved and serialised, and not stored yet. */
export interface PreparedDelivery {
  /** What will be stored; `skipped` when the request asked for no callback, and then nothing will. */
  readonly delivery: Delivery
  /**
   * Stores it in a transaction of the caller's, at once: it is there when that commits, and is not when that rolls
   * back. Gives what is stored, which is an earlier delivery where the dedupeKey says so.
   */
  enqueue(transaction: unknown): Delivery
}

/** A delivery whose URL reads the answer, which is not there yet. */
export interface StagedDelivery {
  /** In state `staged`. */
  readonly delivery: Delivery
  /** Stores it, with an exchange that has the answer. */
  release(exchange: Exchange): Promise<Delivery>
}

/** The part of a sender that an API needs; `createSender` of `@ringback/sender` makes one. */
export interface CallbackSender {
  /** Internal: handlers call it through `callbacks` and `exchange`. */
  readonly '~callbacks': CallbackMethods
}

/** The methods of a sender behind the `callbacks` and the `exchange` of a handler. */
export interface CallbackMethods {
  /** Registers a callback's declaration: another process may have stored deliveries of it. */
  remember(contract: CallbackContract): void
  send(message: CallbackMessage): Promise<Delivery>
  /** Validates and serialises a delivery whose URL cannot be known yet. */
  stage(message: CallbackMessage): Promise<StagedDelivery>
  /** Stores an exchange; one that is kept under the same key stays, and that is an error. */
  keepExchange(exchange: KeptExchange): Promise<void>
  /** Rejects as `keepExchange` would now. */
  checkExchangePlace(place: ExchangePlace): Promise<void>
  prepare(message: CallbackMessage): Promise<PreparedDelivery>
  call(message: CallbackMessage, signal?: AbortSignal): Promise<CallResult<unknown>>
}
