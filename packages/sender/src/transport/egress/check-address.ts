import { parseAddress } from './address.ts'
import { isLoopbackAddress } from './loopback.ts'
import {
  type CompiledPolicy,
  compilePolicy,
  DEFAULT_POLICY,
  type EgressPolicy,
  isPermitted,
  isUnlisted,
} from './policy.ts'
import { specialUseOfAddress } from './special-use-of-address.ts'
import { ALLOWED, type EgressVerdict, refuse, UNLISTED } from './verdict.ts'

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

/** Judges one address under a compiled policy, for a connection to the given port. */
export function judgeAddress(text: string, rules: CompiledPolicy, port?: number): EgressVerdict {
  const verdict = judgeUse(text, rules, port)
  const address = verdict.ok && rules.only ? parseAddress(text) : undefined
  if (!address || isPermitted(rules, address, port)) return verdict
  if (rules.allowLoopback && isLoopbackAddress(address)) return verdict
  return isUnlisted(rules, address, port) ? refuse('address', `${text} ${UNLISTED}`) : verdict
}

/** Judges an address that need not be listed, since its host name is. */
export function judgeUse(text: string, rules: CompiledPolicy, port?: number): EgressVerdict {
  const address = parseAddress(text)
  if (!address) return refuse('address', 'the text is not an IPv4 or IPv6 address')
  if (rules.allowLoopback && isLoopbackAddress(address)) return ALLOWED
  if (isPermitted(rules, address, port)) return ALLOWED

  const use = specialUseOfAddress(address)
  return use === undefined ? ALLOWED : refuse('address', `${text} is ${use}`)
}
