import { parseAddress } from './egress/address.ts'
import type { AllowEntry } from './egress/allow-entry.ts'
import { hostOf } from './egress/host-name.ts'
import { covers } from './egress/policy.ts'

/** Tells whether a URL leads to a host of the application's own. */
export type OwnHosts = (url: string) => boolean

/** Makes the test for hosts that `parseOwnHosts` has read. */
export function createOwnHosts(entries: readonly AllowEntry[]): OwnHosts {
  return (text) => {
    if (entries.length === 0 || !URL.canParse(text)) return false
    const url = new URL(text)
    const host = hostOf(url)
    const target = parseAddress(host) ?? host
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
    return entries.some((entry) => covers(entry, target) && (entry.port ?? port) === port)
  }
}
