import { createFetch } from 'ofetch'
import type { GuardedFetch } from './guarded-fetch.ts'

/** What an attempt asks of a fetch. */
export interface LeanRequest {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: Uint8Array<ArrayBuffer> | null
  readonly signal: AbortSignal
}

/** The part of a platform's Response that an attempt reads. */
export interface LeanResponse {
  readonly status: number
  readonly headers: ResponseHeaders
  readonly body: AsyncIterable<Uint8Array> | null
}

/** The part of a platform's Headers that an attempt reads. */
export interface ResponseHeaders extends Iterable<[name: string, value: string]> {
  get(name: string): string | null | undefined
}

/** A fetch without the platform's Headers and Response, which cost more than the request itself. */
export type LeanFetch = (url: string, init: LeanRequest) => Promise<LeanResponse>

interface Given {
  readonly url: string
}

/** Makes what attempts are sent by: ofetch over a fetch, without what ofetch does to requests and answers. */
export function leanFetchOf(send: typeof fetch | GuardedFetch): LeanFetch {
  const isGuarded = '~send' in send
  // what is handed to ofetch is all that it uses of a fetch
  const { raw } = createFetch({
    fetch: (isGuarded
      ? (given: Given, init: LeanRequest) => send['~send'](given.url, init)
      : send) as typeof fetch,
    Headers: asGiven as never,
    AbortController,
  })
  return (url, { method, headers, body, signal }) =>
    // of a request that is no text ofetch does not take options away, which would make them slow
    raw<unknown, 'stream'>(isGuarded ? ({ url } as Request) : url, {
      method,
      headers,
      body,
      signal,
      // ofetch's own retry and timeout are off: the one would resend at once, the other ends at the headers
      retry: false,
      ignoreResponseError: true,
      redirect: 'manual',
      responseType: 'stream',
    })
}

/** Stands for `Headers`, called with `new`: what is on the wire checks what it is given, once. */
function asGiven(headers: unknown): unknown {
  return headers
}
