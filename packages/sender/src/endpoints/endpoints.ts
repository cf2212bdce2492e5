import type { Delivery } from '@ringback/core'
import type { Endpoint, EndpointChange, NewEndpoint } from './endpoint.ts'

/** Whose endpoint it must be; without an owner it may be anybody's. */
export interface EndpointOwner {
  readonly owner?: string
}

/** Selects endpoints; every given condition must hold. */
export interface EndpointFilter {
  readonly owner?: string
  readonly externalId?: string
  /** The name of a webhook that they listen to. */
  readonly event?: string
  readonly state?: Endpoint['state']
  /** The `cursor` of the page before. */
  readonly cursor?: string
  /** How many at most, newest first; 100 by default. */
  readonly limit?: number
}

/** A page of endpoints; the cursor is that of the next one, absent on the last. */
export interface EndpointPage {
  readonly endpoints: readonly Endpoint[]
  readonly cursor?: string
}

/** How a secret is replaced. */
export interface RotateOptions extends EndpointOwner {
  /** The new secret, which its receiver has already; by default one is derived from the master key. */
  readonly secret?: string
  /** Milliseconds for which the old secret signs as well; 24 h by default. */
  readonly overlap?: number
}

/** Whose endpoint is changed, and how. */
export interface UpdateOptions extends EndpointOwner {
  /** Whether a new URL must answer a challenge first; false by default. */
  readonly verify?: boolean
}

/** The endpoints that webhooks are published to. With an owner, an endpoint of another does not exist. */
export interface Endpoints {
  /**
   * Registers an endpoint. Its URL is judged by the egress policy; with `verify` it must answer a challenge first.
   *
   * @throws {SenderError} with `endpoint` for an invalid field, `url` for a URL that is refused, `duplicate` when the
   *   owner has another endpoint with its `externalId`, `option` without a `masterKey`
   */
  create(endpoint: NewEndpoint, options?: { readonly verify?: boolean }): Promise<Endpoint>
  get(id: string, scope?: EndpointOwner): Promise<Endpoint | undefined>
  list(filter?: EndpointFilter): Promise<EndpointPage>
  /** Changes the given fields, also for what waits to be sent. @throws as `create` does */
  update(id: string, change: EndpointChange, options?: UpdateOptions): Promise<Endpoint | undefined>
  /** Sends what waits: the oldest first, as a probe. */
  enable(id: string, scope?: EndpointOwner): Promise<Endpoint | undefined>
  /** Parks what is to be sent, until `enable`. */
  disable(id: string, scope?: EndpointOwner): Promise<Endpoint | undefined>
  /** Removes an endpoint, and cancels what was to be sent. */
  delete(id: string, scope?: EndpointOwner): Promise<boolean>
  /** Replaces the secret; both sign during the overlap. @throws {SenderError} with `endpoint`, or `option` */
  rotate(id: string, options?: RotateOptions): Promise<Endpoint | undefined>
  /** The newest secret, `whsec_…`, to show to the endpoint's owner. */
  secret(id: string, scope?: EndpointOwner): Promise<string | undefined>
  /**
   * Seals imported secrets and headers anew under the newest master key, those of every owner; resolves to how many
   * endpoints have changed. Then an older key can be taken out of `masterKey`.
   *
   * @throws {SenderError} with `secret` for one that none of the keys opens, `option` without a `masterKey`
   */
  reseal(): Promise<number>
  /** Sends one event of the type `ringback.test`, which is tried once. */
  test(id: string, scope?: EndpointOwner): Promise<Delivery | undefined>
}
