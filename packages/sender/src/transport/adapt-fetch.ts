import { createFetch } from 'ofetch'
import type { LeanFetch, LeanRequest } from './lean-fetch.ts'

/** Adapts a fetch for attempts: ofetch over it, without ofetch's own handling of requests and responses. */
export function adaptFetch(send: typeof fetch): LeanFetch {
  const lean = hasLeanFetch(send) ? send['~send'] : undefined
  const { raw } = createFetch({
    // ofetch only calls these two, and hands both on what it was given
    fetch: (lean
      ? ({ url }: { readonly url: string }, init: LeanRequest) => lean(url, init)
      : send) as typeof fetch,
    Headers: returnAsGiven as never,
    AbortController,
  })
  return (url, { method, headers, body, signal }) =>
    // ofetch deletes options of a request that is text, which would make the object slow
    raw<unknown, 'stream'>(lean ? ({ url } as Request) : url, {
      method,
      headers,
      body,
      signal,
      // ofetch's own retry would resend at once, and its timeout ends at the headers
      retry: false,
      ignoreResponseError: true,
      redirect: 'manual',
      responseType: 'stream',
    })
}

/** `guardedFetch()` has a lean fetch beside it, which its public type does not show. */
function hasLeanFetch(send: typeof fetch): send is typeof fetch & { readonly '~send': LeanFetch } {
  return '~send' in send
}

/** Stands for `Headers`, called with `new`: the transport checks the headers it is given, once. */
function returnAsGiven(headers: unknown): unknown {
  return headers
}
