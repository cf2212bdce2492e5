import { SenderError } from '../errors.ts'
import { type AllowEntry, parseAllowEntry } from './egress/allow-entry.ts'

/**
 * Reads the hosts that are the application's own, in the notation of a policy's `allow`; without a port, any port.
 *
 * @throws {SenderError} with `option`
 */
export function parseOwnHosts(texts: readonly string[]): readonly AllowEntry[] {
  return texts.map((text, index) => {
    const entry = parseAllowEntry(text)
    if (entry) return entry
    throw new SenderError(
      'option',
      `ownHosts[${index}] is not a host: give a host name, an address or a CIDR range, with or without a port`,
    )
  })
}
