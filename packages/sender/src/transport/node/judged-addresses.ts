import { EgressError } from '../egress/errors.ts'
import { judgeResolved } from '../egress/judge-resolved.ts'
import type { CompiledPolicy } from '../egress/policy.ts'
import { probeAddressOf } from '../egress/probe-names.ts'
import type { ResolveHostname } from './resolve.ts'

/** The rules for a connection, and the resolver for its host. */
export interface Guard {
  readonly rules: CompiledPolicy
  readonly resolve: ResolveHostname
}

/** The host that a connection is for. */
export interface Target {
  readonly protocol: string
  readonly hostname: string
  readonly port: number
  /** Aborts when nobody waits for the connection any more. */
  readonly signal?: AbortSignal
}

/**
 * Resolves a host name once, judges all its addresses, and gives those, so that the address connected to is the
 * address judged.
 *
 * @throws {EgressError} with `blocked`
 */
export async function judgedAddresses(guard: Guard, target: Target): Promise<readonly string[]> {
  const { hostname, signal } = target
  const probe = probeAddressOf(hostname)
  const addresses = probe === undefined ? await resolve(guard, hostname, signal) : [probe]
  if (addresses.length === 0) throw noAddress(hostname)

  const verdict = judgeResolved({ ...target, addresses }, guard.rules)
  if (!verdict.ok) throw new EgressError('blocked', verdict.reason)
  return addresses
}

async function resolve(guard: Guard, hostname: string, signal: AbortSignal | undefined) {
  const resolved = await guard.resolve(hostname, signal && { signal })
  return resolved.map(({ address }) => address)
}

function noAddress(hostname: string): Error {
  return Object.assign(new Error(`the host name ${hostname} has no address`), {
    code: 'ENOTFOUND',
    hostname,
  })
}
