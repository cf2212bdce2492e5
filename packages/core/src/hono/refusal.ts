import type { Check } from './read-request.ts'

/** The reason why a request is refused; `refusalResponse`, which is loaded with the first one, has the words. */
export type Refusal =
  | { readonly reason: 'syntax'; readonly essence: string }
  | { readonly reason: 'too-deep'; readonly part: string }
  | { readonly reason: 'too-large'; readonly limit: number }
  | { readonly reason: 'too-many-fields'; readonly limit: number }
  | { readonly reason: 'wrong-type'; readonly types: readonly string[] }
  | { readonly reason: 'overflow' }
  | { readonly reason: 'compressed' }
  | { readonly reason: 'charset' }
  | { readonly reason: 'missing'; readonly types: readonly string[] }
  | { readonly reason: 'invalid'; readonly checks: readonly Check[] }

/** The result for a refused request. */
export interface Refused {
  readonly ok: false
  readonly refusal: Refusal
}

/** Makes the result for a refused request. */
export function refuse(refusal: Refusal): Refused {
  return { ok: false, refusal }
}
