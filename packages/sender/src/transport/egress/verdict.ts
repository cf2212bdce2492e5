/** Stable codes for why a target is refused. */
export type EgressRefusalCode =
  | 'syntax' // not an absolute URL that every parser reads alike
  | 'scheme' // neither https nor an allowed http
  | 'userinfo' // a user name or a password in the URL
  | 'fragment' // '#', which is never sent
  | 'port' // a port that is not for callbacks
  | 'host' // a special-use name, or one without an address
  | 'address' // a special-purpose address, or no address at all

/** The judgement of the egress policy on one URL or address; a reason is for operators only. */
export type EgressVerdict = { readonly ok: true } | EgressRefusal

/** Why a target is refused. */
export interface EgressRefusal {
  readonly ok: false
  readonly code: EgressRefusalCode
  readonly reason: string
}

export const UNLISTED = 'is not among the only targets that the policy lists'

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
