import { createFetch } from 'ofetch'
import { EgressError } from './egress/errors.ts'
import { judgeUrl } from './egress/judge-url.ts'
import type { CompiledPolicy } from './egress/policy.ts'
import type { LeanFetch, LeanRequest } from './lean-fetch.ts'
import { toAbortSignal } from './request-abort.ts'

/**
 * Adapts a fetch for attempts: ofetch over it, without ofetch's own handling of requests and responses. With
 * rules, the URL of each attempt is judged, since a delivery may have been stored under others: for a fetch that guards
 * nothing itself.
 */
export function adaptFetch(send: typeof fetch, rules?: CompiledPolicy): LeanFetch {
  const lean = hasLeanFetch(send) ? send['~send'] : undefined
  const { raw } = createFetch({
    // ofetch only calls these two, and hands both on what it was given
    fetch: (lean
      ? ({ url }: { readonly url: string }, init: LeanRequest) => lean(url, init)
      : send) as typeof fetch,
    Headers: returnAsGiven as never,
    AbortController,
  })
  return async (url, { method, headers, body, signal }) => {
    const judged = rules && judgeUrl(url, rules)
    if (judged && 'reason' in judged) throw new EgressError('blocked', judged.reason)
    // ofetch deletes options of a request that is text, which would make the object slow
    return raw<unknown, 'stream'>(lean ? ({ url } as Request) : url, {
      method,
      headers,
      body,
      // ofetch only hands it on
      signal: lean ? (signal as AbortSignal) : toAbortSignal(signal),
      // ofetch's own retry would resend at once, and its timeout ends at the headers
      retry: false,
      ignoreResponseError: true,
      redirect: 'manual',
      responseType: 'stream',
    })
  }
}

/** `guardedFetch()` has a lean fetch beside it, which its public type does not show. */
function hasLeanFetch(send: typeof fetch): send is typeof fetch & { readonly '~send': LeanFetch } {
  return '~send' in send
}

/** Stands for `Headers`, called with `new`: the transport checks the headers it is given, once. */
function returnAsGiven(headers: unknown): unknown {
  return headers
}
