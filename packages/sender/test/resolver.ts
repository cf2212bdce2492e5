import type { ResolvedAddress, ResolveHostname } from '../src/transport/node/resolve.ts'

export const NAME = 'receiver.example'
export const LOOPBACK: ResolvedAddress = { address: '127.0.0.1', family: 4 }

export interface Resolver {
  readonly asked: readonly string[]
  readonly resolve: ResolveHostname
}

/**
 * Makes a resolver that gives one list of addresses after the other, and repeats the last.
 *
 * @example
 * const { asked, resolve } = resolver([LOOPBACK])
 * await resolve(NAME) // [LOOPBACK]
 * asked // [NAME]
 */
export function resolver(...sequence: readonly (readonly ResolvedAddress[])[]): Resolver {
  const asked: string[] = []
  const resolve: ResolveHostname = async (hostname) => {
    asked.push(hostname)
    return sequence[Math.min(asked.length, sequence.length) - 1] ?? []
  }
  return { asked, resolve }
}
