import { isRecord } from '../../is-record.ts'
import type { Address } from './address.ts'
import { type AllowEntry, parseAllowEntry } from './allow-entry.ts'
import { EgressError } from './errors.ts'
import { isUsualPort } from './is-usual-port.ts'
import { isInRange } from './range.ts'

/**
 * Where callbacks may go. Without any option: https, public addresses, the usual ports.
 *
 * A policy is read once, at its first use; later changes to the object have no effect.
 *
 * @example
 * const policy: EgressPolicy = {
 *   allowHttp: true,
 *   allow: ['localhost', '127.0.0.1:9000', '[::1]:9000', '10.1.0.0/16', 'receiver.internal'],
 * }
 */
export interface EgressPolicy {
  /** Allows http URLs and port 80, which no entry of `allow` does. Default: false. */
  readonly allowHttp?: boolean
  /**
   * Allows this machine besides, also by http and on any port: 127.0.0.0/8, `::1`, `localhost`, the names under it, and
   * names whose every address is one of these. For development, where the receiver runs beside the API: a stranger's
   * URL could reach every service of the machine. Default: false.
   */
  readonly allowLoopback?: boolean
  /**
   * Targets that are allowed besides. Each is an address, a CIDR range or a host name. With a port it allows exactly
   * that port; without one, the usual ports: 443, 80 with `allowHttp`, and 1024 and above except well-known services.
   * A host name means that name, no subdomains, and any address that it resolves to.
   */
  readonly allow?: readonly string[]
  /**
   * The only targets besides those of `allow`, in the same notation. It permits nothing by itself: the other rules
   * still apply. Addresses and ranges apply to URLs with addresses, and to what names resolve to, which is known only
   * where the connections are guarded.
   */
  readonly only?: readonly string[]
}

/** A policy with parsed entries. */
export interface CompiledPolicy {
  readonly allowHttp: boolean
  readonly allowLoopback: boolean
  readonly allow: readonly AllowEntry[]
  readonly only: readonly AllowEntry[] | undefined
}

export const DEFAULT_POLICY: EgressPolicy = Object.freeze({})

// the compiler compares it with the type
const MEMBERS = { allowHttp: 1, allowLoopback: 1, allow: 1, only: 1 } satisfies Record<
  keyof EgressPolicy,
  1
>

const compiled = new WeakMap<EgressPolicy, CompiledPolicy>()

/**
 * Parses a policy, once for each object.
 *
 * @example
 * compilePolicy({ allow: ['localhost:9000'] })
 * // { allowHttp: false, allowLoopback: false, allow: [{ target: 'localhost', port: 9000 }], …}
 *
 * @throws {EgressError} with `policy`
 */
export function compilePolicy(policy: EgressPolicy): CompiledPolicy {
  const known = compiled.get(policy)
  if (known) return known

  if (!isRecord(policy)) {
    throw new EgressError('policy', 'it is no object: give one, such as { allow: [] }')
  }
  const unknown = Object.keys(policy).find((name) => !Object.hasOwn(MEMBERS, name))
  if (unknown !== undefined) {
    throw new EgressError(
      'policy',
      `it has no member '${unknown}'; its members are ${Object.keys(MEMBERS).join(', ')}`,
    )
  }
  for (const name of ['allowHttp', 'allowLoopback'] as const) {
    if (policy[name] === undefined || typeof policy[name] === 'boolean') continue
    throw new EgressError('policy', `${name} is of another type: give true or false`)
  }
  const rules = {
    allowHttp: policy.allowHttp === true,
    allowLoopback: policy.allowLoopback === true,
    allow: policy.allow === undefined ? [] : compile('allow', policy.allow),
    // null or '' would permit every target
    only: policy.only === undefined ? undefined : compile('only', policy.only),
  }
  compiled.set(policy, rules)
  return rules
}

/** Tells whether the policy allows a host name or an address besides, on this port. */
export function isPermitted(
  rules: CompiledPolicy,
  target: string | Address,
  port: number | undefined,
): boolean {
  const isUsual = port === undefined || isUsualPort(port, rules.allowHttp)

  return rules.allow.some(
    (entry) => covers(entry, target) && (entry.port === undefined ? isUsual : entry.port === port),
  )
}

/** Tells whether a policy that lists its only targets omits a host name or an address. */
export function isUnlisted(
  { only }: CompiledPolicy,
  target: string | Address,
  port: number | undefined,
): boolean {
  if (only === undefined) return false
  return !only.some((entry) => covers(entry, target) && (entry.port ?? port) === port)
}

/** Tells whether an entry is for addresses, not for a name. */
export function isRange({ target }: AllowEntry): boolean {
  return typeof target !== 'string'
}

/** Tells whether an entry is for a host name or an address, on whatever port. */
export function covers({ target }: AllowEntry, candidate: string | Address): boolean {
  if (typeof target === 'string') return target === candidate
  return typeof candidate !== 'string' && isInRange(candidate, target)
}

function compile(list: 'allow' | 'only', texts: readonly string[]): readonly AllowEntry[] {
  if (!Array.isArray(texts)) {
    throw new EgressError('policy', `${list} is no list: give one, such as ['receiver.internal']`)
  }
  return texts.map((text, index) => {
    // JavaScript may list what is no text
    const entry = typeof text === 'string' ? parseAllowEntry(text) : undefined
    if (entry) return entry
    throw new EgressError(
      'policy',
      `${list}[${index}], ${typeof text === 'string' ? JSON.stringify(text) : typeof text}, is not a target: give an address, a CIDR range or a host name, with or without a port`,
    )
  })
}
