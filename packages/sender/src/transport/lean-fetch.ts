/** The part of a request that an attempt sets. */
export interface LeanRequest {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: Uint8Array<ArrayBuffer> | null
  readonly signal: RequestSignal
}

/** The part of an AbortSignal that ends a request. A platform's own costs as much as signing. */
export type RequestSignal = Pick<
  AbortSignal,
  'aborted' | 'reason' | 'addEventListener' | 'removeEventListener'
>

/** The part of a platform's Response that an attempt reads. */
export interface LeanResponse {
  readonly status: number
  readonly headers: ResponseHeaders
  readonly body: AsyncIterable<Uint8Array> | null
  /** The content-encoding of a body that is not decoded. */
  readonly undecoded?: string | undefined
}

/** The part of a platform's Headers that an attempt reads. */
export interface ResponseHeaders extends Iterable<[name: string, value: string]> {
  get(name: string): string | null | undefined
}

/** A fetch without the platform's Headers and Response, which cost more than the request itself. */
export type LeanFetch = (url: string, init: LeanRequest) => Promise<LeanResponse>
