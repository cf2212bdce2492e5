import type {
  DeadReason,
  Delivery,
  DeliveryState,
  ExchangePlace,
  KeptExchange,
} from '@ringback/core'
import type { Attempt } from './attempt.ts'
import type { RequestLimits } from './request-limits.ts'

/** A delivery with what is sent. */
export interface StoredDelivery extends Delivery {
  /** The body, serialized once: these bytes are signed and sent on every attempt. Empty without a body. */
  readonly payload: Uint8Array<ArrayBuffer>
  /** How many of the last attempts in a row were refused at connect. */
  readonly refusals: number
  /** What its callback declares about how it is sent; absent when that is nothing. Erased with the payload. */
  readonly settings?: DeliverySettings
}

/**
 * What a callback declares about how its deliveries are sent. Stores keep it as JSON, and give it back unchanged. Times
 * are milliseconds.
 */
export interface DeliverySettings {
  /** Its own header fields, by lower-case name. */
  readonly headers?: Readonly<Record<string, string>>
  /** The media type of the payload, if it is not `application/json`. */
  readonly contentType?: string
  /** The statuses after which nothing is sent again. */
  readonly finalStatuses?: readonly number[]
  readonly schedule?: readonly number[]
  readonly deadline?: number
  readonly overloadWait?: number
  /** Where the credentials of each attempt go. The credentials themselves are never stored. */
  readonly credentials?: readonly CredentialPlace[]
}

/** Where the credential of a security scheme goes in a request. */
export interface CredentialPlace {
  readonly scheme: string
  readonly in: 'header' | 'query' | 'cookie'
  readonly name: string
  /** The scheme of an `authorization` header, such as `Bearer`. */
  readonly http?: string
}

/** A delivery as an operator reads it: without its payload, with its attempts, oldest first. */
export interface DeliveryRecord extends Delivery {
  readonly attempts: readonly Attempt[]
}

/** A delivery that a worker has claimed: no other worker sends it until the lease ends. */
export interface ClaimedDelivery extends StoredDelivery {
  /** Fencing token: a commit with an older one is refused. */
  readonly lease: number
  /** The first delivery after its endpoint was held: its outcome decides whether the others follow. */
  readonly isProbe: boolean
}

/** The state of a delivery after an attempt. */
export interface DeliveryTransition {
  readonly state: DeliveryState
  readonly reason?: DeadReason
  readonly detail?: string
  readonly dueAt?: number
  readonly attemptCount: number
  readonly refusals: number
  /** The change of its endpoint; absent without one. */
  readonly endpoint?: EndpointChange
}

/** Until when an endpoint is held, and until when it is sent to slowly; absent: not, or no longer. */
export interface EndpointChange {
  readonly heldUntil?: number
  readonly pacedUntil?: number
}

/** How many deliveries to claim, for how long, and how many at once to each endpoint. */
export interface ClaimOptions {
  readonly limit: number
  /** Milliseconds. */
  readonly lease: number
  readonly limits?: RequestLimits
}

/** The claimed deliveries. */
export interface ClaimResult {
  readonly deliveries: readonly ClaimedDelivery[]
  /** When there is something to claim that this claim did not take; absent when nothing waits for a time. */
  readonly nextDueAt?: number
}

/** Stored now, stored before, or in conflict: its dedupeKey belongs to another payload, URL or headers. */
export type EnqueueResult =
  | { readonly kind: 'stored' }
  | { readonly kind: 'duplicate' | 'conflict'; readonly delivery: Delivery }

/** The commit holds, the delivery stays cancelled, or the lease was lost and nothing has changed. */
export type CommitResult = 'done' | 'cancelled' | 'lost'

/** Selects deliveries; every given condition must hold. */
export interface DeliveryFilter {
  readonly id?: string
  readonly state?: DeliveryState
  readonly owner?: string
  /** How many at most, newest first; 100 by default. */
  readonly limit?: number
}

/** Selects the final deliveries to erase, oldest first; every given condition must hold. */
export interface EraseOptions {
  readonly id?: string
  readonly owner?: string
  /** Those sent from the exchange that is kept under this key. */
  readonly exchangeKey?: string
  /** Those that ended before this time. */
  readonly endedBefore?: number
  /** Spares the newest so many. */
  readonly keep?: number
  /** How many at most. */
  readonly limit?: number
}

/** Selects the kept exchanges to erase; every given condition must hold. */
export interface EraseExchangesOptions {
  readonly owner?: string
  readonly key?: string
  /** Those kept before this time. */
  readonly keptBefore?: number
  /** How many at most. */
  readonly limit?: number
}

/** How many leases in a row may end without a commit before the delivery is dead(internal), and its detail then. */
export interface SweepOptions {
  readonly most: number
  readonly detail: string
}

/**
 * Where deliveries live; the only truth about them. A method that rejects has changed nothing. A store brings its own
 * clock, since several senders may share it. A scheduled delivery is shown as `parked` while its endpoint is held.
 */
export interface DeliveryStore {
  /** Adds a delivery, with the attempts that it already had, unless its dedupeKey is already stored. */
  enqueue(delivery: StoredDelivery, attempts?: readonly Attempt[]): Promise<EnqueueResult>
  /** Adds a delivery in the caller's transaction, synchronously; absent where the store has no such transactions. */
  enqueueIn?(transaction: unknown, delivery: StoredDelivery): EnqueueResult
  /**
   * Takes due deliveries, the longest due first, endpoint by endpoint, each under a lease: within the limits, none
   * that waits for an earlier one with its orderKey, and only one of an endpoint whose hold has ended.
   */
  claim(options: ClaimOptions): Promise<ClaimResult>
  /**
   * Ends a claim. A delivery that was cancelled meanwhile stays so, unless it was delivered. The attempt is recorded
   * in any case, as an orphan when the lease was lost.
   */
  commit(
    delivery: ClaimedDelivery,
    transition: DeliveryTransition,
    attempt?: Attempt,
  ): Promise<CommitResult>
  /** Makes a lease end so many milliseconds from now; `false` when it was lost. */
  extend(delivery: ClaimedDelivery, lease: number): Promise<boolean>
  /**
   * Returns deliveries whose lease has ended to the schedule, due at once; after too many in a row they are dead, as
   * are scheduled deliveries that have expired. Resolves to those that changed.
   */
  sweep(options: SweepOptions): Promise<readonly Delivery[]>
  /** Cancels a delivery unless it is final; resolves to its state then, `undefined` when there is none. */
  cancel(id: string): Promise<Delivery | undefined>
  /** Makes a delivery that is dead, scheduled or parked due at once; resolves to its state then. */
  redrive(id: string): Promise<Delivery | undefined>
  /** Resolves to one delivery with its payload. */
  find(id: string): Promise<StoredDelivery | undefined>
  query(filter?: DeliveryFilter): Promise<readonly DeliveryRecord[]>
  /** Erases final deliveries with their attempts; resolves to how many. */
  erase(options: EraseOptions): Promise<number>
  /** Keeps an exchange; resolves to `false`, and changes nothing, when one is already kept in its place. */
  keepExchange(exchange: KeptExchange): Promise<boolean>
  findExchange(place: ExchangePlace): Promise<KeptExchange | undefined>
  /** Erases kept exchanges; resolves to how many. */
  eraseExchanges(options: EraseExchangesOptions): Promise<number>
}
