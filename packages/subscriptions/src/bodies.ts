import type { AnySchema, DeadReason } from '@ringback/core'

/** A schema with these types, whatever library it is of. */
export interface SchemaOf<TInput, TOutput = TInput> extends AnySchema {
  readonly '~standard': AnySchema['~standard'] & {
    readonly types?: { readonly input: TInput; readonly output: TOutput } | undefined
  }
}

/** An endpoint as its owner sees it. Times are ISO 8601 in UTC. */
export interface EndpointBody {
  readonly id: string
  readonly externalId?: string
  readonly url: string
  readonly events: readonly string[]
  readonly description?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly headerNames?: readonly string[]
  readonly limits?: { readonly concurrency?: number; readonly rate?: number }
  readonly state: 'enabled' | 'disabled'
  readonly disabledReason?: 'gone' | 'failing' | 'application'
  readonly heldUntil?: string
  readonly createdAt: string
  readonly updatedAt: string
}

/** An endpoint with its newest secret. */
export interface EndpointWithSecretBody extends EndpointBody {
  readonly secret: string
}

/** An endpoint to create. */
export interface NewEndpointBody {
  readonly url: string
  readonly events?: readonly string[]
  readonly description?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly externalId?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly secret?: string
}

/** Fields of an endpoint to replace; `null` removes one. */
export interface EndpointChangeBody {
  readonly url?: string
  readonly events?: readonly string[]
  readonly description?: string | null
  readonly metadata?: Readonly<Record<string, string>> | null
  readonly externalId?: string | null
  readonly headers?: Readonly<Record<string, string>> | null
}

/** A page of endpoints; with a cursor, there is another one. */
export interface EndpointsBody {
  readonly endpoints: readonly EndpointBody[]
  readonly cursor?: string
}

/** How a secret is replaced; the old one signs as well for `overlap` milliseconds. */
export interface RotationBody {
  readonly secret?: string
  readonly overlap?: number
}

/** A secret. */
export interface SecretBody {
  readonly secret: string
}

/** A delivery to an endpoint. Times are ISO 8601 in UTC. */
export interface DeliveryBody {
  readonly id: string
  readonly event: string
  readonly state: string
  readonly reason?: string
  readonly attemptCount: number
  readonly createdAt: string
  readonly dueAt?: string
}

/** A delivery with its attempts, oldest first. */
export interface DeliveryWithAttemptsBody extends DeliveryBody {
  readonly attempts: readonly AttemptBody[]
}

/** One request of a delivery; `duration` in milliseconds. */
export interface AttemptBody {
  readonly startedAt: string
  readonly duration: number
  readonly status?: number
  readonly reason?: string
}

/** A page of deliveries, newest first; with a cursor, there is another one. */
export interface DeliveriesBody {
  readonly deliveries: readonly DeliveryWithAttemptsBody[]
  readonly cursor?: string
}

/** The time range whose events are sent, in ISO 8601. */
export interface RangeBody {
  readonly since: string
  readonly until?: string
}

/** The failed deliveries to send again: those of a time range, and those alone that are dead for a reason. */
export interface RecoveryBody extends RangeBody {
  readonly reason?: DeadReason
}

/** How many deliveries will be sent. */
export interface CountBody {
  readonly count: number
}

/** A problem (RFC 9457). */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly errors?: readonly {
    readonly in: string
    readonly pointer: string
    readonly detail: string
  }[]
}

/** The query of a list of endpoints. */
export interface EndpointsQuery {
  readonly externalId?: string
  readonly event?: string
  readonly state?: 'enabled' | 'disabled'
  readonly cursor?: string
  readonly limit?: number
}

/** The query of a list of deliveries. */
export interface DeliveriesQuery {
  readonly state?: 'scheduled' | 'parked' | 'sending' | 'delivered' | 'cancelled' | 'dead'
  readonly reason?: DeadReason
  /** The name of a webhook. */
  readonly event?: string
  readonly since?: Date
  readonly until?: Date
  readonly cursor?: string
  readonly limit?: number
}
