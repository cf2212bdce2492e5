/** Stable codes for what a refused target got wrong. */
export type EgressRefusalCode =
  | 'syntax' // not an absolute URL that every parser reads alike
  | 'scheme' // neither https nor an allowed http
  | 'userinfo' // a user name or a password in the URL
  | 'fragment' // '#', which is never sent
  | 'port' // a port that callbacks have no business with
  | 'host' // a special-use name, or one without an address
  | 'address' // a special-purpose address, or no address at all

/** What the egress policy says about one URL or address; `reason` is for operators only. */
export type EgressVerdict = { readonly ok: true } | EgressRefusal

/** Why a target is refused. */
export interface EgressRefusal {
  readonly ok: false
  readonly code: EgressRefusalCode
  readonly reason: string
}

export const UNLISTED = 'is none of the targets that the policy lists as the only ones'

export const ALLOWED: EgressVerdict = Object.freeze({ ok: true })

/**
 * Makes a refusal.
 *
 * @example
 * refuse('scheme', 'the scheme is not https')
 * // { ok: false, code: 'scheme', reason: 'the scheme is not https' }
 */
export function refuse(code: EgressRefusalCode, reason: string): EgressRefusal {
  return { ok: false, code, reason }
}
