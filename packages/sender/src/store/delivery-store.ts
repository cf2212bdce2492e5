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
  /** The body, serialised once: these bytes are signed and sent on every attempt. Empty when there is no body. */
  readonly payload: Uint8Array<ArrayBuffer>
  /** Of the last attempts, how many in a row were refused at connect. */
  readonly refusals: number
  /** The statuses after which nothing is sent again; absent when there are none. */
  readonly finalStatuses?: readonly number[]
}

/** A delivery as an operator reads it: without its payload, with its attempts, oldest first. */
export interface DeliveryRecord extends Delivery {
  readonly attempts: readonly Attempt[]
}

/** A delivery that a worker has claimed: nobody else sends it until the lease ends. */
export interface ClaimedDelivery extends StoredDelivery {
  /** Fencing token: a commit with an older one is refused. */
  readonly lease: number
  /** The first after its endpoint was held: what comes of it says whether the others follow. */
  readonly isProbe: boolean
}

/** What becomes of a delivery after an attempt. */
export interface DeliveryTransition {
  readonly state: DeliveryState
  readonly reason?: DeadReason
  readonly detail?: string
  readonly dueAt?: number
  readonly attemptCount: number
  readonly refusals: number
  /** What becomes of its endpoint; nothing, where it is absent. */
  readonly endpoint?: EndpointChange
}

/** Until when an endpoint is held, and until when it is sent to slowly; absent: not, or no longer. */
export interface EndpointChange {
  readonly heldUntil?: number
  readonly pacedUntil?: number
}

/** How much is claimed, for how long, and how much at once to whom. */
export interface ClaimOptions {
  readonly limit: number
  /** Milliseconds. */
  readonly lease: number
  readonly limits?: RequestLimits
}

/** What a claim found. */
export interface ClaimResult {
  readonly deliveries: readonly ClaimedDelivery[]
  /** When there is something to claim that this claim did not take; absent when nothing waits for a time. */
  readonly nextDueAt?: number
}

/** What came of storing: it is stored, it was stored before, or its dedupeKey stands for something else. */
export type EnqueueResult =
  | { readonly kind: 'stored' }
  | { readonly kind: 'duplicate' | 'conflict'; readonly delivery: Delivery }

/** What came of a commit: it holds, the delivery stays cancelled, or the lease was lost and nothing has changed. */
export type CommitResult = 'done' | 'cancelled' | 'lost'

/** Which deliveries a query is about; all of what is given must hold. */
export interface DeliveryFilter {
  readonly id?: string
  readonly state?: DeliveryState
  readonly owner?: string
  /** How many at most, newest first; 100 by default. */
  readonly limit?: number
}

/** Which final deliveries are erased, oldest first; all of what is given must hold. */
export interface EraseOptions {
  readonly id?: string
  readonly owner?: string
  /** Those that were sent from the exchange that is kept under it. */
  readonly exchangeKey?: string
  /** Those that ended before this time. */
  readonly endedBefore?: number
  /** But for the newest so many. */
  readonly keep?: number
  /** So many at most. */
  readonly limit?: number
}

/** Which kept exchanges are erased; all of what is given must hold. */
export interface EraseExchangesOptions {
  readonly owner?: string
  readonly key?: string
  /** Those that were kept before this time. */
  readonly keptBefore?: number
  /** So many at most. */
  readonly limit?: number
}

/** How often in a row a lease may end with nothing done, before the delivery is dead(internal), and what its detail says then. */
export interface SweepOptions {
  readonly most: number
  readonly detail: string
}

/**
 * Where deliveries live: the truth about them. A method that rejects has changed nothing.
 * A store brings its own clock, since several senders may share it. Where a delivery is said to be scheduled,
 * a query says `parked` while its endpoint is held.
 */
export interface DeliveryStore {
  /** Adds a delivery, with the attempts that it already had, unless its dedupeKey is there already. */
  enqueue(delivery: StoredDelivery, log?: readonly Attempt[]): Promise<EnqueueResult>
  /** Adds it in a transaction of the caller's, at once; absent where the store has no such transactions. */
  enqueueIn?(transaction: unknown, delivery: StoredDelivery): EnqueueResult
  /**
   * Takes deliveries that are due, oldest due first, endpoint by endpoint, each under a lease: within the limits,
   * none that waits for an earlier one with its orderKey, and one alone of an endpoint whose hold has ended.
   */
  claim(options: ClaimOptions): Promise<ClaimResult>
  /**
   * Ends a claim. A delivery that was cancelled meanwhile stays so, unless it was delivered. The attempt is
   * recorded in any case, as an orphan where the lease was lost.
   */
  commit(
    delivery: ClaimedDelivery,
    transition: DeliveryTransition,
    attempt?: Attempt,
  ): Promise<CommitResult>
  /** Makes a lease end so many milliseconds from now; `false` when it was lost. */
  extend(delivery: ClaimedDelivery, lease: number): Promise<boolean>
  /**
   * Returns deliveries whose lease has ended to the schedule, due at once; too often in a row, they are dead.
   * What is scheduled and has expired is dead as well. Gives those that changed.
   */
  sweep(limit: SweepOptions): Promise<readonly Delivery[]>
  /** Makes a delivery cancelled unless it is final; gives it as it is then, `undefined` when there is none. */
  cancel(id: string): Promise<Delivery | undefined>
  /** Makes a delivery that is dead, scheduled or parked due at once; gives it as it is then. */
  redrive(id: string): Promise<Delivery | undefined>
  /** One delivery with its payload. */
  find(id: string): Promise<StoredDelivery | undefined>
  query(filter?: DeliveryFilter): Promise<readonly DeliveryRecord[]>
  /** Erases final deliveries with their attempts; gives how many. */
  erase(erasure: EraseOptions): Promise<number>
  /** Keeps an exchange; `false`, and nothing is changed, where one is kept in its place. */
  keepExchange(exchange: KeptExchange): Promise<boolean>
  findExchange(place: ExchangePlace): Promise<KeptExchange | undefined>
  /** Gives how many. */
  eraseExchanges(erasure: EraseExchangesOptions): Promise<number>
}
