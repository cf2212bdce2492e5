import type { Exchange } from '@ringback/expression'
import type { OperationCallback } from './definition.ts'
import type { PartLocation } from './parts.ts'

/**
 * The state of a delivery. `skipped`, `unresolvable`, `delivered`, `cancelled` and `dead` are final.
 * Both a skipped and an unresolvable delivery have no URL; for a skipped one that is allowed.
 */
export type DeliveryState =
  | 'skipped'
  | 'unresolvable'
  | 'staged' // in memory, until the response that its URL reads exists; never stored in this state
  | 'scheduled'
  | 'parked' // scheduled, but its endpoint is paused until it recovers
  | 'sending'
  | 'delivered'
  | 'cancelled'
  | 'dead'

/** The reason why a delivery is dead. */
export type DeadReason =
  | 'blocked' // the egress policy refuses its URL
  | 'gone' // the receiver answered 410
  | 'rejected' // the receiver answered with a status that the callback declares as final
  | 'exhausted' // every attempt of the schedule failed
  | 'expired' // its time to live ended
  | 'internal' // the sender itself failed repeatedly

/** Options of one `send`. */
export interface SendOptions {
  /** Milliseconds before the first attempt. */
  readonly delay?: number
  /** The time after which it is not sent, in milliseconds since the Unix epoch. */
  readonly expiresAt?: number
  /** Deliveries of one owner to one endpoint with the same key are sent in order. */
  readonly orderKey?: string
  /** The same key, within owner and callback, returns the same delivery; with another payload, URL or headers it is an error. */
  readonly dedupeKey?: string
}

/** The parts of a callback that are given beside its payload, each as one object. */
export interface MessageParts {
  readonly headers?: unknown
  readonly query?: unknown
}

/** One message owed to one endpoint. Times are milliseconds since the Unix epoch. */
export interface Delivery {
  /** The `webhook-id`, equal on every attempt. */
  readonly id: string
  readonly state: DeliveryState
  readonly owner: string
  /** Empty for a webhook. */
  readonly operationId: string
  /** The name of the callback or webhook. */
  readonly callback: string
  readonly method: string
  /** Absent until the URL is known, and for a webhook: its endpoint has it. */
  readonly url?: string
  /** The origin of the URL, or the id of a registered endpoint: limits and circuit breaker are kept by it. */
  readonly endpoint?: string
  /** Present when dead. */
  readonly reason?: DeadReason
  /** One sentence about the last failure, for the operator only. */
  readonly detail?: string
  /** The number of requests made. */
  readonly attemptCount: number
  readonly createdAt: number
  /** The time of the next attempt; present while `scheduled` or `parked`. */
  readonly dueAt?: number
  readonly expiresAt?: number
  readonly orderKey?: string
  readonly dedupeKey?: string
  /** The id of the delivery that this one repeats. */
  readonly redriveOf?: string
  /** The key of the kept exchange that it is sent from. */
  readonly exchangeKey?: string
}

/** The result of `call`: the receiver's status and declared body, or the reason why there is none. */
export type CallResult<TResponse> =
  | { readonly ok: true; readonly response: TResponse; readonly delivery: Delivery }
  | { readonly ok: false; readonly detail: string; readonly delivery: Delivery }

/** A part of the request that its schema has validated. */
export type ValidatedPart = PartLocation

/** A callback of an operation, with the names that its deliveries are stored under. */
export interface CallbackContract {
  readonly operationId: string
  readonly name: string
  readonly callback: OperationCallback
}

/** The input of a sender for one callback. */
export interface CallbackMessage extends CallbackContract {
  readonly owner: string
  readonly exchange: Exchange
  /** The parts of the request that passed their schemas: a value that is missing there is optional. */
  readonly validated: readonly ValidatedPart[]
  readonly payload: unknown
  readonly options?: SendOptions & MessageParts
  /** The key that its exchange is kept under. */
  readonly exchangeKey?: string
}

/** The address of a kept exchange: the application's own key, unique within owner and operation. */
export interface ExchangePlace {
  readonly owner: string
  readonly operationId: string
  readonly key: string
}

/** An exchange that outlives its request, so that callbacks can be sent from it later. */
export interface KeptExchange extends ExchangePlace {
  /** The key of each callback and the parts of the exchange that it reads, by the callback's name. */
  readonly callbacks: Readonly<
    Record<string, { readonly key: string; readonly exchange: Exchange }>
  >
  readonly validated: readonly ValidatedPart[]
}

/** A delivery that is validated, resolved and serialized, but not stored yet. */
export interface PreparedDelivery {
  /** The delivery to store. It is `skipped` if the request asked for no callback; then nothing is stored. */
  readonly delivery: Delivery
  /**
   * Stores it in the caller's transaction, and commits or rolls back with it. Returns the stored delivery, which is an
   * earlier one if the `dedupeKey` is in use: at once on a connection of `node:sqlite`, elsewhere as a promise.
   */
  enqueue<TTransaction>(transaction: TTransaction): Enqueued<TTransaction>
}

/** A delivery stored in a transaction: a promise, unless the connection executes SQL synchronously. */
export type Enqueued<TTransaction> = TTransaction extends { exec(sql: string): infer TResult }
  ? TResult extends PromiseLike<unknown>
    ? Promise<Delivery>
    : Delivery
  : Promise<Delivery>

/** A delivery whose URL reads the response, which does not exist yet. */
export interface StagedDelivery {
  /** In state `staged`. */
  readonly delivery: Delivery
  /** Stores it, given an exchange that has the response. */
  release(exchange: Exchange): Promise<Delivery>
}

/** The part of a sender that an API needs; `createSender` of `@ringback/sender` makes one. */
export interface CallbackSender {
  /** Internal: handlers call it through `callbacks` and `exchange`. */
  readonly '~callbacks': CallbackMethods
  /** Internal: the reference page tells receivers. */
  readonly '~terms'?: DeliveryTerms
}

/** How often and how long a sender tries to deliver, in milliseconds. */
export interface DeliveryTerms {
  /** The time that a receiver has to respond. */
  readonly deadline: number
  /** The delay before each attempt of a callback. */
  readonly schedule: readonly number[]
  /** The delay before each attempt of a webhook. */
  readonly webhookSchedule: readonly number[]
}

/** The methods of a sender behind the `callbacks` and the `exchange` of a handler. */
export interface CallbackMethods {
  /** Registers a callback's declaration: another process may have stored deliveries of it. */
  remember(contract: CallbackContract): void
  /** Writes a line to the sender's log. */
  warn?(text: string): void
  send(message: CallbackMessage): Promise<Delivery>
  /** Validates and serializes a delivery whose URL is not known yet. */
  stage(message: CallbackMessage): Promise<StagedDelivery>
  /** Stores an exchange; one that is kept under the same key stays, and that is an error. */
  keepExchange(exchange: KeptExchange): Promise<void>
  /** Rejects as `keepExchange` would now. */
  checkExchangePlace(place: ExchangePlace): Promise<void>
  prepare(message: CallbackMessage): Promise<PreparedDelivery>
  call(message: CallbackMessage, signal?: AbortSignal): Promise<CallResult<unknown>>
}
