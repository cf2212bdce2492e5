import type { RequestLimit } from './request-limits.ts'

/** The id of a registered endpoint begins so; that of any other is the origin of a URL. */
export const ENDPOINT_PREFIX = 'ep_'

/** One generation of the secret of an endpoint, which is derived unless it is sealed. */
export interface SecretGeneration {
  readonly generation: number
  /** A secret that the application brought, encrypted. */
  readonly sealed?: string
  /** It signs until this time, in milliseconds since the Unix epoch; the newest one always does. */
  readonly until?: number
}

/** A registered endpoint as a store keeps it: nothing of it is a secret or the value of a header. */
export interface StoredEndpoint {
  readonly id: string
  readonly owner: string
  /** Unique within the owner. */
  readonly externalId?: string
  readonly url: string
  readonly events: readonly string[]
  readonly description?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly headerNames?: readonly string[]
  /** Its headers, encrypted. */
  readonly sealedHeaders?: string
  /** In place of the sender's limits of an endpoint, each where given. */
  readonly limits?: RequestLimit
  /** Newest first. */
  readonly keys: readonly SecretGeneration[]
  readonly state: 'enabled' | 'disabled'
  readonly disabledReason?: DisabledReason
  /** Since when no attempt has succeeded. */
  readonly failingSince?: number
  /** Until when it is held, where it is; the store knows it, and is not given it. */
  readonly heldUntil?: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** Why an endpoint is disabled: after a 410, after days without a success, or by the application. */
export type DisabledReason = 'gone' | 'failing' | 'application'

/** Where the deliveries of a registered endpoint go, as the endpoint is when they are claimed. */
export type DeliveryTarget = Pick<StoredEndpoint, 'id' | 'url' | 'keys' | 'sealedHeaders'>
