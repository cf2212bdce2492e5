import { SenderError } from '../errors.ts'
import { parseAddress } from './egress/address.ts'
import { parseAllowEntry } from './egress/allow-entry.ts'
import { hostOf } from './egress/host-name.ts'
import { covers } from './egress/policy.ts'

/** Tells whether a URL leads to a host of the application's own. */
export type OwnHosts = (url: string) => boolean

/**
 * Reads the hosts that are the application's own, in the notation of a policy's `allow`; without a port, any port.
 *
 * @throws {SenderError} with `option`
 */
export function parseOwnHosts(texts: readonly string[]): OwnHosts {
  const entries = texts.map((text, index) => {
    const entry = parseAllowEntry(text)
    if (entry) return entry
    throw new SenderError(
      'option',
      `ownHosts[${index}] is not a host: give a host name, an address or a CIDR range, with or without a port`,
    )
  })
  return (text) => {
    if (entries.length === 0 || !URL.canParse(text)) return false
    const url = new URL(text)
    const host = hostOf(url)
    const target = parseAddress(host) ?? host
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
    return entries.some((entry) => covers(entry, target) && (entry.port ?? port) === port)
  }
}
