import { parseAddress } from './address.ts'
import { withoutTrailingDots } from './host-name.ts'
import { judgeAddress, judgeUse } from './judge-address.ts'
import { judgeTarget } from './judge-url.ts'
import { isLoopback } from './loopback.ts'
import { type CompiledPolicy, isPermitted, isUnlisted } from './policy.ts'
import { ALLOWED, type EgressVerdict, refuse } from './verdict.ts'

/** A host name to connect to, and the addresses that it resolved to. */
export interface ResolvedHost {
  /** `https:` unless given. */
  readonly protocol?: string | undefined
  readonly hostname: string
  readonly port: number
  readonly addresses: readonly string[]
}

/**
 * Judges the addresses of a host name together: one refused address refuses them all, since the connection may go to
 * any of them.
 *
 * @example
 * const rules = compilePolicy({})
 * judgeResolved({ hostname: 'a.example', port: 443, addresses: ['8.8.8.8', '::1'] }, rules)
 * // { ok: false, code: 'address', reason: '::1 is outside 2000::/3, the public addresses of IPv6' }
 */
export function judgeResolved(host: ResolvedHost, rules: CompiledPolicy): EgressVerdict {
  const { protocol = 'https:', hostname, port, addresses } = host
  if (addresses.length === 0) return refuse('host', 'the host name has no address')
  if (rules.allowLoopback) {
    if (addresses.every(isLoopback)) return ALLOWED
    // a name may be http, localhost and loopback only where every address is
    const strict = { ...rules, allowLoopback: false }
    const target = new URL(`${protocol}//${hostname}:${port}`)
    return judgeTarget(target, strict) ?? judgeResolved(host, strict)
  }

  // a permitted name may resolve to any address
  const name = withoutTrailingDots(hostname)
  const isOpen = isPermitted(rules, name, port)
  const judge = isUnlisted(rules, name, port) ? judgeAddress : judgeUse
  const verdicts = addresses.map((address) =>
    isOpen && parseAddress(address) ? ALLOWED : judge(address, rules, port),
  )

  return verdicts.find((verdict) => !verdict.ok) ?? ALLOWED
}
