import type { Delivery } from '@ringback/core'
import type { TraceContext } from './trace-context.ts'

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
  /** The query that is added to the URL of a registered endpoint. */
  readonly query?: string
  /** The statuses after which nothing is sent again. */
  readonly finalStatuses?: readonly number[]
  readonly schedule?: readonly number[]
  readonly deadline?: number
  readonly overloadWait?: number
  /** Where the credentials of each attempt go. The credentials themselves are never stored. */
  readonly credentials?: readonly CredentialPlace[]
  /** The time from its `createdAt` until it is first due; absent when that is none. */
  readonly delay?: number
  /** The trace that its send belongs to. */
  readonly trace?: TraceContext
}

/** Where the credential of a security scheme goes in a request. */
export interface CredentialPlace {
  readonly scheme: string
  readonly in: 'header' | 'query' | 'cookie'
  readonly name: string
  /** The scheme of an `authorization` header, such as `Bearer`. */
  readonly http?: string
}

/** Whose delivery it must be; without an owner it may be anybody's. */
export interface OwnerScope {
  readonly owner?: string
}
