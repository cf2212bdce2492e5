import { withoutTrailingDots } from '../egress/host-name.ts'
import { createHostsFile, HOSTS_FILE } from './hosts-file.ts'
import { isServerReachable, isWithoutResponse, queryAddresses } from './query-addresses.ts'
import { isUnderLocalhost, LOOPBACK, type ResolveHostname } from './resolve.ts'
import { shareLookups } from './share-lookups.ts'

/** Options of a resolver. */
export interface DnsResolveOptions {
  /** The DNS servers, such as `10.0.0.53` or `10.0.0.53:5353`, asked in this order. Default: those of the system. */
  readonly servers?: readonly string[]
  /** The path of the hosts file, which comes before DNS. Default: that of the system. */
  readonly hostsFile?: string
}

// within the default deadline of an attempt, with time left to connect
const PATIENCE = 4000
const PROBE_PATIENCE = 1500

/**
 * Makes a resolver that asks the hosts file, then DNS, for at most 4 s, and stops when nobody waits for the name any
 * more: names whose servers never respond hold up no others. Names are complete: without search domains, mDNS and NIS,
 * for which there is `systemResolve`. A name is looked up once for all that wait for it.
 *
 * When no DNS server responds to anything, the error has the code `NO_DNS_SERVER`, and the sender does not book the
 * failure on the endpoint.
 *
 * @example
 * const send = guardedFetch({ resolve: dnsResolve({ servers: ['10.0.0.53'] }) })
 *
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3
 */
export function dnsResolve(options: DnsResolveOptions = {}): ResolveHostname {
  const { servers, hostsFile = HOSTS_FILE } = options
  const hosts = createHostsFile(hostsFile)
  const probe = shareLookups((_, signal) =>
    isServerReachable({ servers, patience: PROBE_PATIENCE, signal }),
  )
  const lookUp = shareLookups(async (name, signal) => {
    try {
      return await queryAddresses(name, { servers, patience: PATIENCE, signal })
    } catch (error) {
      if (signal.aborted || !isWithoutResponse(error)) throw error
      // a server that responds to others leaves out this name: that is up to the receiver
      throw (await probe('.', signal)) ? noResponse(error) : noServer(error)
    }
  })

  return async (hostname, { signal } = {}) => {
    if (isUnderLocalhost(hostname)) return LOOPBACK
    const name = withoutTrailingDots(hostname).toLowerCase()
    const known = await hosts.find(name)
    if (known) return known
    return name === 'localhost' ? LOOPBACK : lookUp(name, signal)
  }
}

function noResponse(cause: unknown): Error {
  const error = new Error('no DNS server responded for this name in time', { cause })
  return Object.assign(error, { code: 'ETIMEOUT' })
}

function noServer(cause: unknown): Error {
  const sentence =
    'no DNS server responds: check the servers of this machine, or name others with the option servers of dnsResolve'
  return Object.assign(new Error(sentence, { cause }), { code: 'NO_DNS_SERVER' })
}
