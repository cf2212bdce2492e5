import type { OwnerScope, StoredDelivery } from './stored-delivery.ts'
import type { StoredEndpoint } from './stored-endpoint.ts'

/** Members of an endpoint to replace; `null` removes one. */
export type StoredEndpointChange = {
  readonly [TMember in 'url' | 'events' | 'keys' | 'state']?: StoredEndpoint[TMember]
} & {
  readonly [TMember in
    | 'externalId'
    | 'description'
    | 'metadata'
    | 'headerNames'
    | 'sealedHeaders'
    | 'limits'
    | 'disabledReason']?: StoredEndpoint[TMember] | null
}

/** Whose endpoint it must be, and what it must still have, so that no change is lost. */
export interface EndpointScope extends OwnerScope {
  /** The generation of its newest secret. */
  readonly generation?: number
  /** Its sealed headers; `null` for none. */
  readonly sealedHeaders?: string | null
}

/** Tells whether an endpoint is in a scope. */
export function isInScope(
  { owner, keys, sealedHeaders }: StoredEndpoint,
  scope: EndpointScope,
): boolean {
  return (
    (scope.owner ?? owner) === owner &&
    (scope.generation ?? keys[0]?.generation) === keys[0]?.generation &&
    (scope.sealedHeaders === undefined || scope.sealedHeaders === (sealedHeaders ?? null))
  )
}

/** Selects endpoints; every given condition must hold. */
export interface StoredEndpointFilter {
  readonly owner?: string
  readonly externalId?: string
  readonly state?: StoredEndpoint['state']
  /** Those that listen to one of these patterns at least. */
  readonly patterns?: readonly string[]
  /** The id of the last endpoint that was read: continues after it. */
  readonly cursor?: string
  /** How many at most, newest first; 100 by default. */
  readonly limit?: number
}

/** What is published: deliveries without the members that differ from endpoint to endpoint. */
export type StoredMessage = Pick<
  StoredDelivery,
  | 'id'
  | 'owner'
  | 'operationId'
  | 'callback'
  | 'method'
  | 'createdAt'
  | 'dueAt'
  | 'expiresAt'
  | 'orderKey'
  | 'dedupeKey'
  | 'payload'
  | 'settings'
>

/**
 * The message as it is stored now: this one, or an earlier one with its dedupeKey; a `conflict` has another payload or
 * headers. The count is that of its deliveries.
 */
export interface PublishResult {
  readonly kind: 'stored' | 'duplicate' | 'conflict'
  readonly id: string
  readonly count: number
}

/** Selects published messages by time, in milliseconds since the Unix epoch. */
export interface MessageRange {
  readonly owner: string
  readonly since: number
  readonly until?: number
}

/** Which messages an endpoint gets that it never got. */
export interface ReplayOptions extends MessageRange {
  readonly endpoint: string
  /** The names of the webhooks. */
  readonly callbacks: readonly string[]
  /** How many at most. */
  readonly limit: number
}

/** How many deliveries were stored, and since when to go on; absent when none is left. */
export interface ReplayResult {
  readonly count: number
  readonly since?: number
}

/**
 * Where registered endpoints live, and what is published to them. Their deliveries have the id of the endpoint as
 * `endpoint`, and no URL of their own. Those of a disabled endpoint are parked until it is enabled.
 */
export interface EndpointStore {
  /** Adds an endpoint; resolves to `false`, and changes nothing, when the owner has another with its externalId. */
  add(endpoint: StoredEndpoint): Promise<boolean>
  find(id: string, scope?: OwnerScope): Promise<StoredEndpoint | undefined>
  query(filter: StoredEndpointFilter): Promise<readonly StoredEndpoint[]>
  /** Resolves to the endpoint then; to `undefined` when there is none in the scope. */
  change(
    id: string,
    change: StoredEndpointChange,
    scope?: EndpointScope,
  ): Promise<StoredEndpoint | 'duplicate' | undefined>
  /**
   * Disables an endpoint, cancels some of its deliveries, and removes it once none waits: `more` until then, and
   * `undefined` when there is none in the scope.
   */
  remove(id: string, scope?: OwnerScope): Promise<'removed' | 'more' | undefined>
  /**
   * Stores a message once, and a delivery for each endpoint of its owner that listens to one of the patterns: all of
   * them, or nothing. Without any, one delivery is stored as `skipped`.
   */
  publish(message: StoredMessage, patterns: readonly string[]): Promise<PublishResult>
  /** Publishes in the caller's transaction, as `enqueueIn` stores; absent where the store has no such transactions. */
  publishIn?(
    transaction: unknown,
    message: StoredMessage,
    patterns: readonly string[],
  ): PublishResult | Promise<PublishResult>
  /** The names of the webhooks that were published. */
  callbacks(range: MessageRange): Promise<readonly string[]>
  /** Stores deliveries of messages that an endpoint never got, oldest first. */
  replay(options: ReplayOptions): Promise<ReplayResult>
}
