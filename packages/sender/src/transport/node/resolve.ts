import { lookup } from 'node:dns/promises'

/** One address of a host name. */
export interface ResolvedAddress {
  readonly address: string
  readonly family: 4 | 6
}

/** Resolves a host name to all its addresses; rejects when it has none. The signal aborts when nobody waits any more. */
export type ResolveHostname = (
  hostname: string,
  options?: { readonly signal?: AbortSignal },
) => Promise<readonly ResolvedAddress[]>

export const LOOPBACK: readonly ResolvedAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

/**
 * Resolves by the operating system, with everything that its configuration names: search domains, mDNS, NIS. At most
 * four names at once in a process, none of which can be cancelled: names that never resolve keep all others from it.
 * The names under `localhost` are this machine even where the system does not know them.
 *
 * @example
 * const send = guardedFetch({ resolve: systemResolve })
 *
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3
 */
export const systemResolve: ResolveHostname = async (hostname) => {
  if (isUnderLocalhost(hostname)) return LOOPBACK
  const addresses = await lookup(hostname, { all: true, order: 'verbatim' })
  return addresses.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }))
}

/** Tells whether a name is under `localhost`, or that name with a dot at its end. */
export function isUnderLocalhost(hostname: string): boolean {
  return /(?:\.localhost\.?|^localhost\.)$/i.test(hostname)
}
