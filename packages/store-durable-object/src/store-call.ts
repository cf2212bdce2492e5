import type { DeliveryStore, EndpointStore, PublishResult } from '@ringback/sender'
import { DurableObjectError, type DurableObjectErrorCode } from './errors.ts'

/** The methods that an object does for a Worker; it claims and commits by itself. */
export type StoreMethod =
  | 'enqueue'
  | 'cancel'
  | 'redrive'
  | 'find'
  | 'query'
  | 'erase'
  | 'keepExchange'
  | 'findExchange'
  | 'eraseExchanges'
  | 'stats'
  | 'health'

/** The endpoints of one object, which may have none of an owner that it was given later. */
export interface ObjectEndpoints extends EndpointStore {
  /** Publishes, unless the owner has no endpoint in this object. */
  tryPublish(...args: Parameters<EndpointStore['publish']>): Promise<PublishResult | undefined>
}

/** Those on registered endpoints, and what is published to them. */
export type EndpointMethod = Exclude<keyof ObjectEndpoints, 'publishIn'>

/** A method of the store to be done in an object; `wake` makes it send what is due. */
export interface StoreCall {
  readonly method: StoreMethod | `endpoints.${EndpointMethod}` | 'wake'
  readonly args: readonly unknown[]
  /** How many objects there are, as the Worker is told. */
  readonly shards: number
  /** Whether an earlier call, which may have been done, got no reply. */
  readonly isRepeated: boolean
}

/**
 * The result of a call, or the error that it was rejected with: an error that is thrown would lose its class on the
 * way, and with an older compatibility date its code.
 */
export type StoreReply = { readonly value: unknown } | { readonly error: ReportedError }

/** An error as it is carried. */
export interface ReportedError {
  readonly name: string
  readonly code?: string
  readonly message: string
}

/** The arguments and the result of a method. */
export type ArgsOf<TMethod extends StoreMethod> = Parameters<Required<DeliveryStore>[TMethod]>
export type ResultOf<TMethod extends StoreMethod> = Awaited<
  ReturnType<Required<DeliveryStore>[TMethod]>
>

/** Makes an error one that can be carried. */
export function reportError(error: unknown): ReportedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  const { name, message } = error
  return 'code' in error ? { name, message, code: String(error.code) } : { name, message }
}

/** Makes the error again. */
export function restoreError({ name, code, message }: ReportedError): Error {
  if (name === 'DurableObjectError') {
    // this class has made it, in the object
    return new DurableObjectError(code as DurableObjectErrorCode, message)
  }
  return Object.assign(new Error(message), { name, ...(code !== undefined && { code }) })
}
