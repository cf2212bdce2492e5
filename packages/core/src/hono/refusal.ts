import type { Check } from './request.ts'

/** Why a request is refused; `refusalResponse` has the words, which are loaded with the first of them. */
export type Refusal =
  | { readonly reason: 'syntax'; readonly essence: string }
  | { readonly reason: 'too-deep'; readonly part: string }
  | { readonly reason: 'too-large'; readonly limit: number }
  | { readonly reason: 'wrong-type'; readonly types: readonly string[] }
  | { readonly reason: 'missing'; readonly types: readonly string[] }
  | { readonly reason: 'invalid'; readonly checks: readonly Check[] }

/** What stands for the request then. */
export interface Refused {
  readonly ok: false
  readonly refusal: Refusal
}

/** Refuses a request. */
export function refuse(refusal: Refusal): Refused {
  return { ok: false, refusal }
}
