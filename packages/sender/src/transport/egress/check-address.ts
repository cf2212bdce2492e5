import { judgeAddress } from './judge-address.ts'
import { compilePolicy, DEFAULT_POLICY, type EgressPolicy } from './policy.ts'
import type { EgressVerdict } from './verdict.ts'

/**
 * Judges one IPv4 or IPv6 address, as a resolver gives it, for a connection to the usual ports: an entry of `allow`
 * with a port does not apply here.
 *
 * @example
 * checkAddress('8.8.8.8') // { ok: true }
 * checkAddress('10.0.0.1')
 * // { ok: false, code: 'address', reason: '10.0.0.1 is private use (RFC 1918)' }
 * checkAddress('10.0.0.1', { allow: ['10.0.0.0/24'] }) // { ok: true }
 *
 * @throws {EgressError} with `policy` for an invalid policy
 */
export function checkAddress(
  address: string,
  policy: EgressPolicy = DEFAULT_POLICY,
): EgressVerdict {
  return judgeAddress(address, compilePolicy(policy))
}
