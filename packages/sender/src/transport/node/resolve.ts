import { lookup } from 'node:dns/promises'

/** One address of a host name. */
export interface ResolvedAddress {
  readonly address: string
  readonly family: 4 | 6
}

/** Resolves a host name to all its addresses; rejects when it has none. */
export type ResolveHostname = (hostname: string) => Promise<readonly ResolvedAddress[]>

/**
 * Resolves by the operating system, hosts file included, in its order.
 *
 * @example
 * await systemResolve('localhost') // [{ address: '127.0.0.1', family: 4 }]
 */
export const systemResolve: ResolveHostname = async (hostname) => {
  const addresses = await lookup(hostname, { all: true, order: 'verbatim' })
  return addresses.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}
