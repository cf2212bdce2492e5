import type {
  DeadReason,
  Delivery,
  DeliveryState,
  ExchangePlace,
  KeptExchange,
} from '@ringback/core'
import type { Attempt } from './attempt.ts'
import type { ReceiverReport } from './endpoint-health.ts'
import type { EndpointStore } from './endpoint-store.ts'
import type { RequestLimits } from './request-limits.ts'
import type { StoreHealth } from './stats/store-health.ts'
import type { StatsFilter, StoredStats } from './stats/stored-stats.ts'
import type { OwnerScope, StoredDelivery } from './stored-delivery.ts'
import type { DeliveryTarget, DisabledReason } from './stored-endpoint.ts'

export type {
  CredentialPlace,
  DeliverySettings,
  OwnerScope,
  StoredDelivery,
} from './stored-delivery.ts'

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
  /** Where it goes, when its endpoint is a registered one. */
  readonly target?: DeliveryTarget
}

/** The state of a delivery after an attempt. Delays are milliseconds from the store's now. */
export interface DeliveryTransition {
  readonly state: DeliveryState
  readonly reason?: DeadReason
  readonly detail?: string
  /** The time until the next attempt, of a delivery that is scheduled again; 0 unless given. */
  readonly delay?: number
  readonly attemptCount: number
  readonly refusals: number
  /** What the request says of the endpoint; absent when none was made, or there is no endpoint. */
  readonly receiver?: ReceiverReport
}

/** How many deliveries to claim, for how long, and how many at once to each endpoint. */
export interface ClaimOptions {
  /** 0 claims nothing, and only ends what is over. */
  readonly limit: number
  /** Milliseconds. */
  readonly lease: number
  readonly limits?: RequestLimits
}

/** The claimed deliveries, and what ended meanwhile. */
export interface ClaimResult {
  readonly deliveries: readonly ClaimedDelivery[]
  /** Deliveries that have another state now: their lease had ended, or they had expired. */
  readonly swept: readonly Delivery[]
  /**
   * Milliseconds until the next delivery is due, or the next lease or expiry ends: 0 when this claim has left some.
   * Absent when nothing waits for a time.
   */
  readonly nextIn?: number
}

/**
 * The delivery as it is stored now: this one, or an earlier one with its dedupeKey; a `conflict` has another payload,
 * URL or headers.
 */
export interface EnqueueResult {
  readonly kind: 'stored' | 'duplicate' | 'conflict'
  readonly delivery: Delivery
}

/** The commit holds, the delivery stays cancelled, or the lease was lost and nothing has changed. */
export type CommitResult =
  | {
      readonly kind: 'done' | 'cancelled'
      readonly delivery: Delivery
      /** Until when the endpoint is held, when the report has led to that. */
      readonly heldUntil?: number
      /** Why the registered endpoint is disabled now, when the attempt has led to that. */
      readonly disabled?: DisabledReason
    }
  | { readonly kind: 'lost' }

/** Selects deliveries; every given condition must hold. Times are milliseconds since the Unix epoch. */
export interface DeliveryFilter {
  readonly id?: string
  readonly state?: DeliveryState
  readonly reason?: DeadReason
  readonly owner?: string
  /** The origin that they are sent to, or the id of a registered endpoint. */
  readonly endpoint?: string
  readonly operationId?: string
  readonly callback?: string
  /** Those stored at this time or later. */
  readonly since?: number
  /** Those stored before this time. */
  readonly until?: number
  /** The id of the last delivery that was read: continues after it. */
  readonly cursor?: string
  /** How many at most, newest first; 100 by default. */
  readonly limit?: number
}

/** How many deliveries, and how many bytes of payloads, to spare for each owner. */
export interface Allotment {
  readonly count: number
  readonly bytes: number
}

/** Selects the final deliveries to erase; every given condition must hold. */
export interface EraseOptions {
  readonly id?: string
  readonly owner?: string
  /** Those sent from the exchange that is kept under this key. */
  readonly exchangeKey?: string
  /** Those that ended more than so many milliseconds ago. */
  readonly age?: number
  /** The oldest of each owner that has more than this; not with other conditions. */
  readonly beyond?: Allotment
  /** How many at most. */
  readonly limit?: number
}

/** Selects the kept exchanges to erase; every given condition must hold. */
export interface EraseExchangesOptions {
  readonly owner?: string
  readonly key?: string
  /** Those kept for more than so many milliseconds. */
  readonly age?: number
  /** How many at most. */
  readonly limit?: number
}

/**
 * Where deliveries live; the only truth about them. A method that rejects has changed nothing. A store has one clock,
 * its own, since several senders may share it: what it is given are delays, and `createdAt` and `dueAt` of a new
 * delivery count as the delay between them. A scheduled delivery is shown as `parked` while its endpoint is held.
 */
export interface DeliveryStore {
  /** It sends what is stored, so that the sender needs neither `start` nor `sendDue`; absent where it only stores. */
  readonly sendsByItself?: boolean
  /** Adds a delivery, with the attempts that it already had, unless its dedupeKey is already stored. */
  enqueue(delivery: StoredDelivery, attempts?: readonly Attempt[]): Promise<EnqueueResult>
  /**
   * Adds a delivery in the caller's transaction, synchronously where the driver is; absent where the store has no such
   * transactions.
   */
  enqueueIn?(transaction: unknown, delivery: StoredDelivery): EnqueueResult | Promise<EnqueueResult>
  /**
   * First ends what is over: a lease that has ended returns its delivery to the schedule, due at once, or to `LOST`
   * after too many in a row, and what has expired is dead. Then takes due deliveries, each under a lease. Owners take
   * turns, then their endpoints, so that none waits for another's backlog; of one endpoint the longest due goes first:
   * within the limits, none that waits for an earlier one with its orderKey, and only one after a hold.
   */
  claim(options: ClaimOptions): Promise<ClaimResult>
  /**
   * Ends a claim. A delivery that was cancelled meanwhile stays so, unless it was delivered. The attempt is recorded
   * in any case, as an orphan when the lease was lost. The report on the receiver counts for its endpoint.
   */
  commit(
    delivery: ClaimedDelivery,
    transition: DeliveryTransition,
    attempt?: Attempt,
  ): Promise<CommitResult>
  /** Makes a lease end so many milliseconds from now; `false` when it was lost. */
  extend(delivery: ClaimedDelivery, lease: number): Promise<boolean>
  /** Cancels a delivery unless it is final; resolves to its state then, `undefined` when there is none. */
  cancel(id: string, scope?: OwnerScope): Promise<Delivery | undefined>
  /** Makes a delivery that is dead, scheduled or parked due at once; resolves to its state then. */
  redrive(id: string, scope?: OwnerScope): Promise<Delivery | undefined>
  /** Resolves to one delivery with its payload. */
  find(id: string): Promise<StoredDelivery | undefined>
  query(filter?: DeliveryFilter): Promise<readonly DeliveryRecord[]>
  /** Erases some final deliveries with their attempts; resolves to how many, 0 when none is left. */
  erase(options: EraseOptions): Promise<number>
  /** Keeps an exchange; resolves to `false`, and changes nothing, when one is already kept in its place. */
  keepExchange(exchange: KeptExchange): Promise<boolean>
  findExchange(place: ExchangePlace): Promise<KeptExchange | undefined>
  /** Erases some kept exchanges; resolves to how many, 0 when none is left. */
  eraseExchanges(options: EraseExchangesOptions): Promise<number>
  /**
   * Tells what it has counted: deliveries by their final state, attempts by their outcome, latencies, within a second of
   * what another process has done; absent where the store does not count.
   */
  stats?(filter: StatsFilter): Promise<StoredStats>
  /**
   * Tells how long the delivery has been due that has waited longest, as `stats` does, in a time that grows with the
   * endpoints and not with the deliveries that wait; absent where `stats` alone tells it.
   */
  health?(): Promise<StoreHealth>
  /** Calls `wake` when another process has stored something that is due; returns how to end that. */
  onWake?(wake: () => void): () => void
  /** Writes what the store has put off, such as counts; called when a sender stops. Never rejects. */
  flush?(): Promise<void>
  /** Registered endpoints, and what is published to them. */
  readonly endpoints: EndpointStore
}
