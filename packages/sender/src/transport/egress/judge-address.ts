import { parseAddress } from './address.ts'
import { isLoopbackAddress } from './loopback.ts'
import { type CompiledPolicy, isPermitted, isUnlisted } from './policy.ts'
import { specialUseOfAddress } from './special-use-of-address.ts'
import { ALLOWED, type EgressVerdict, refuse, UNLISTED } from './verdict.ts'

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
