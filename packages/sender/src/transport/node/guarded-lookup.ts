import type { LookupFunction } from 'node:net'
import { parseAddress } from '../egress/address.ts'
import { EgressError } from '../egress/errors.ts'
import { judgeResolved } from '../egress/judge-resolved.ts'
import type { CompiledPolicy } from '../egress/policy.ts'
import type { ResolvedAddress, ResolveHostname } from './resolve.ts'

/** The rules for a connection, and the resolver for its host. */
export interface Guard {
  readonly rules: CompiledPolicy
  readonly resolve: ResolveHostname
}

/**
 * Makes the `lookup` of one connection: it resolves once, judges all addresses, and gives only those, so that the
 * address connected to is the address judged.
 *
 * @example
 * net.connect({ host: 'example.com', port: 443, lookup: guardedLookup(guard, 443) })
 */
export function guardedLookup(guard: Guard, port: number): LookupFunction {
  return (hostname, options, callback) => {
    judgedAddresses(guard, hostname, port).then(
      (addresses) => {
        const [first] = addresses
        if (options.all) callback(null, [...addresses])
        else callback(null, first.address, first.family)
      },
      (error) => callback(error, []),
    )
  }
}

async function judgedAddresses(
  { rules, resolve }: Guard,
  hostname: string,
  port: number,
): Promise<readonly [ResolvedAddress, ...ResolvedAddress[]]> {
  const addresses = (await resolve(hostname)).map(({ address }) => address)
  const [first, ...others] = addresses
  if (first === undefined) throw noAddress(hostname)

  const verdict = judgeResolved({ hostname, port, addresses }, rules)
  if (!verdict.ok) throw new EgressError('blocked', verdict.reason)

  return [resolved(first), ...others.map(resolved)]
}

function resolved(address: string): ResolvedAddress {
  // the family is read from the address: what the resolver says of it was not judged
  return { address, family: parseAddress(address)?.family ?? 4 }
}

function noAddress(hostname: string): Error {
  return Object.assign(new Error(`the host name ${hostname} has no address`), {
    code: 'ENOTFOUND',
    hostname,
  })
}
