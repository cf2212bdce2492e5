import { Resolver } from 'node:dns/promises'
import type { ResolvedAddress } from './resolve.ts'

/** Where and how long the addresses of a name are asked for. */
export interface QueryOptions {
  /** The servers asked in order; those of the system by default. */
  readonly servers?: readonly string[] | undefined
  /** Milliseconds. */
  readonly patience: number
  readonly signal: AbortSignal
}

// the wait for the addresses of one family once there are those of the other
const FAMILY_WAIT = 250
// a lost packet is asked again; `patience` limits it all
const TRIES = { timeout: 1000, tries: 3, maxTimeout: 2000 }
const NO_SUCH_NAME = ['ENOTFOUND', 'ENODATA']
// c-ares has these when no server responded; any other code is the response of one
const NO_RESPONSE = [
  'ETIMEOUT',
  'ECONNREFUSED',
  'ECANCELLED',
  'EFILE',
  'EOF',
  'ENOMEM',
  'ENOTINITIALIZED',
  'ELOADIPHLPAPI',
  'EADDRGETNETWORKPARAMS',
  'UNKNOWN_ARES_ERROR', // there is no server
]

/** Tells whether a query failed because no server responded. */
export function isWithoutResponse(error: unknown): boolean {
  return NO_RESPONSE.includes(codeOf(error))
}

/**
 * Asks DNS servers for the IPv4 and the IPv6 addresses of a name, in this order. The signal ends it at once: each name
 * has a c-ares channel of its own, since only whole channels can be cancelled.
 *
 * @throws the error of the query, if there are no addresses
 */
export async function queryAddresses(
  name: string,
  options: QueryOptions,
): Promise<readonly ResolvedAddress[]> {
  const { signal } = options
  signal.throwIfAborted()
  const found = new Map<4 | 6, readonly ResolvedAddress[]>()
  const results = await inTime(options, (resolver, endWithin) => {
    const ask = async (family: 4 | 6): Promise<void> => {
      const addresses = await (family === 4 ? resolver.resolve4(name) : resolver.resolve6(name))
      found.set(
        family,
        addresses.map((address) => ({ address, family })),
      )
      endWithin(FAMILY_WAIT)
    }
    return Promise.allSettled([ask(4), ask(6)])
  })
  signal.throwIfAborted()
  const addresses = [...(found.get(4) ?? []), ...(found.get(6) ?? [])]
  if (addresses.length > 0) return addresses
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  throw mostTelling(errors)
}

/** Tells whether a server responds to a question that every server has a response to, whatever that is. */
export async function isServerReachable(options: QueryOptions): Promise<boolean> {
  try {
    await inTime(options, (resolver) => resolver.resolveNs('.'))
    return true
  } catch (error) {
    return !isWithoutResponse(error)
  }
}

/** Makes queries on a channel that is cancelled by the signal, and after a time. */
async function inTime<TResult>(
  { servers, patience, signal }: QueryOptions,
  query: (resolver: Resolver, endWithin: (time: number) => void) => Promise<TResult>,
): Promise<TResult> {
  const resolver = new Resolver(TRIES)
  if (servers) resolver.setServers(servers)
  const cancel = () => resolver.cancel()
  const timers = [setTimeout(cancel, patience)]
  signal.addEventListener('abort', cancel)
  try {
    return await query(resolver, (time) => timers.push(setTimeout(cancel, time)))
  } finally {
    signal.removeEventListener('abort', cancel)
    for (const timer of timers) clearTimeout(timer)
  }
}

/** A name without addresses is known to be so only if both families were answered. */
function mostTelling(errors: readonly unknown[]): unknown {
  return (
    errors.find(isWithoutResponse) ??
    errors.find((error) => !NO_SUCH_NAME.includes(codeOf(error))) ??
    errors[0]
  )
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException | undefined)?.code)
}
