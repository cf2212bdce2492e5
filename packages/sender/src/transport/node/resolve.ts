import { lookup } from 'node:dns/promises'

/** One address of a host name. */
export interface ResolvedAddress {
  readonly address: string
  readonly family: 4 | 6
}

/** Resolves a host name to all its addresses; rejects when it has none. */
export type ResolveHostname = (hostname: string) => Promise<readonly ResolvedAddress[]>

const LOOPBACK: readonly ResolvedAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

/**
 * Resolves by the operating system, hosts file included, in its order. The names under `localhost` are this machine
 * even where the system does not know them.
 *
 * @example
 * await systemResolve('localhost') // [{ address: '127.0.0.1', family: 4 }]
 *
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3
 */
export const systemResolve: ResolveHostname = async (hostname) => {
  if (/(?:\.localhost\.?|^localhost\.)$/i.test(hostname)) return LOOPBACK
  const addresses = await lookup(hostname, { all: true, order: 'verbatim' })
  return addresses.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}
