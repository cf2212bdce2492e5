/** Limits of one endpoint: requests at once, and a second. */
export interface EndpointLimits {
  readonly concurrency?: number
  readonly rate?: number
}

/** A receiver of webhooks: its URL and what it listens to; never its secrets, nor the values of its headers. */
export interface Endpoint {
  /** Begins with `ep_`. */
  readonly id: string
  readonly owner: string
  /** An id of the application's own, unique within the owner. */
  readonly externalId?: string
  readonly url: string
  /** Names of webhooks, `invoice.*` for all that begin so, or `*` for all. */
  readonly events: readonly string[]
  readonly description?: string
  readonly metadata?: Readonly<Record<string, string>>
  /** The names of its headers, in lower case. */
  readonly headerNames?: readonly string[]
  readonly limits?: EndpointLimits
  readonly state: 'enabled' | 'disabled'
  /** `gone` after a 410, `failing` after five days without a success, `application` by `disable`. */
  readonly disabledReason?: 'gone' | 'failing' | 'application'
  /** Until when nothing but a probe is sent to it, in milliseconds since the Unix epoch. */
  readonly heldUntil?: number
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number
  /** Milliseconds since the Unix epoch. */
  readonly updatedAt: number
}

/** An endpoint to create. */
export interface NewEndpoint {
  readonly owner: string
  /** Judged by the egress policy, as the URL of a callback is. */
  readonly url: string
  /** All webhooks unless given. */
  readonly events?: readonly string[]
  readonly description?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly externalId?: string
  /** Sent with each webhook, and sealed in the store: `authorization` for example. */
  readonly headers?: Readonly<Record<string, string>>
  readonly limits?: EndpointLimits
  /** A secret that its receiver has already, sealed in the store; by default one is derived from the master key. */
  readonly secret?: string
}

/** Fields of an endpoint to replace; `null` removes one. */
export interface EndpointChange {
  readonly url?: string
  readonly events?: readonly string[]
  readonly description?: string | null
  readonly metadata?: Readonly<Record<string, string>> | null
  readonly externalId?: string | null
  readonly headers?: Readonly<Record<string, string>> | null
  readonly limits?: EndpointLimits | null
}
