import { parseAddress } from './address.ts'
import { judgeAddress, judgeUse } from './check-address.ts'
import { withoutTrailingDots } from './host-name.ts'
import { type CompiledPolicy, isPermitted, isUnlisted } from './policy.ts'
import { ALLOWED, type EgressVerdict, refuse } from './verdict.ts'

/** What a resolver said about a host name that somebody is about to connect to. */
export interface ResolvedHost {
  readonly hostname: string
  readonly port: number
  readonly addresses: readonly string[]
}

/**
 * Judges a resolver's answer as a whole: one refused address refuses all of them, since the
 * connection may go to any.
 *
 * @example
 * const rules = compilePolicy({})
 * judgeAnswer({ hostname: 'a.example', port: 443, addresses: ['8.8.8.8', '::1'] }, rules)
 * // { ok: false, code: 'address', reason: '::1 is outside 2000::/3, the public addresses of IPv6' }
 */
export function judgeResolved(response: ResolvedHost, rules: CompiledPolicy): EgressVerdict {
  const { hostname, port, addresses } = response
  if (addresses.length === 0) return refuse('host', 'the host name has no address')

  // a permitted name is permitted wherever it leads, as long as it leads to an address
  const name = withoutTrailingDots(hostname)
  const isOpen = isPermitted(rules, name, port)
  const judge = isUnlisted(rules, name, port) ? judgeAddress : judgeUse
  const verdicts = addresses.map((address) =>
    isOpen && parseAddress(address) ? ALLOWED : judge(address, rules, port),
  )

  return verdicts.find((verdict) => !verdict.ok) ?? ALLOWED
}
