import { judgeUrl } from './judge-url.ts'
import { compilePolicy, DEFAULT_POLICY, type EgressPolicy } from './policy.ts'
import { ALLOWED, type EgressVerdict } from './verdict.ts'

/**
 * Judges a callback URL as far as possible without DNS: characters, scheme, userinfo, fragment, port, special-use
 * names, and addresses in any notation. The addresses that a name resolves to still need `checkAddress` when the
 * connection is made.
 *
 * @example
 * checkUrl('https://example.com/events') // { ok: true }
 * checkUrl('https://2130706433/')
 * // { ok: false, code: 'address', reason: '127.0.0.1 is loopback (RFC 1122)' }
 * checkUrl('http://localhost:3000/', { allowLoopback: true }) // { ok: true }
 *
 * @throws {EgressError} with `policy` for an invalid policy
 * @see https://url.spec.whatwg.org/#host-parsing
 */
export function checkUrl(url: string, policy: EgressPolicy = DEFAULT_POLICY): EgressVerdict {
  const judged = judgeUrl(url, compilePolicy(policy))
  return judged instanceof URL ? ALLOWED : judged
}
