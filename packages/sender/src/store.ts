import type { DeadReason, Delivery, DeliveryState } from '@ringback/core'

/** One HTTP request of a delivery. Times are milliseconds. */
export interface Attempt {
  readonly startedAt: number
  readonly duration: number
  /** Present when the receiver answered. */
  readonly status?: number
  /** For the operator: why it failed. */
  readonly detail?: string
}

/** A delivery with what is sent. */
export interface StoredDelivery extends Delivery {
  /** The body, serialised once: these bytes are signed and sent on every attempt. Empty when there is no body. */
  readonly payload: Uint8Array<ArrayBuffer>
  /** Of the last attempts, how many in a row were refused at connect. */
  readonly refusals: number
}

/** A delivery as an operator reads it: without its payload, with its attempts, oldest first. */
export interface DeliveryRecord extends Delivery {
  readonly log: readonly Attempt[]
}

/** A delivery that a worker has claimed: nobody else sends it until the lease ends. */
export interface ClaimedDelivery extends StoredDelivery {
  /** Fencing token: a commit with an older one is refused. */
  readonly lease: number
}

/** What becomes of a delivery after an attempt. */
export interface Transition {
  readonly state: DeliveryState
  readonly reason?: DeadReason
  readonly detail?: string
  readonly dueAt?: number
  readonly attempts: number
  readonly refusals: number
}

/** What a claim found. */
export interface Claim {
  readonly deliveries: readonly ClaimedDelivery[]
  /** When the next delivery is due that this claim did not take; absent when none waits. */
  readonly nextDueAt?: number
}

/** Which deliveries a query is about; all of what is given must hold. */
export interface DeliveryFilter {
  readonly id?: string
  readonly state?: DeliveryState
  readonly owner?: string
  /** How many at most, newest first; 100 by default. */
  readonly limit?: number
}

/** How often in a row a lease may end with nothing done, before the delivery is dead(internal), and what its detail says then. */
export interface LostLeases {
  readonly most: number
  readonly detail: string
}

/**
 * Where deliveries live: the truth about them. A method that rejects has changed nothing.
 * A store brings its own clock, since several senders may share it.
 */
export interface DeliveryStore {
  /** Adds a delivery, with the attempts that it already had. */
  enqueue(delivery: StoredDelivery, log?: readonly Attempt[]): Promise<void>
  /** Takes deliveries that are due, oldest due first, each under a lease of so many milliseconds. */
  claim(options: { readonly limit: number; readonly lease: number }): Promise<Claim>
  /** Ends a claim; `false` when the lease was lost meanwhile, and then nothing has changed. */
  commit(delivery: ClaimedDelivery, transition: Transition, attempt?: Attempt): Promise<boolean>
  /** Returns deliveries whose lease has ended to the schedule, due at once; too often in a row, they are dead. */
  sweep(limit: LostLeases): Promise<readonly Delivery[]>
  query(filter?: DeliveryFilter): Promise<readonly DeliveryRecord[]>
}

/** What of a stored delivery is for others to see. */
export function withoutPayload(delivery: StoredDelivery): Delivery {
  const { payload: _payload, refusals: _refusals, ...rest } = delivery
  return rest
}

/** A claimed delivery, as others see it after a transition. */
export function applyTransition(claimed: ClaimedDelivery, transition: Transition): Delivery {
  // these belong to the state that the delivery leaves
  const { dueAt: _dueAt, reason: _reason, detail: _detail, lease: _lease, ...rest } = claimed
  return withoutPayload({ ...rest, ...transition })
}
