import type { Address } from './address.ts'
import { isInRange, parseRange, type Range } from './range.ts'

interface SpecialRange {
  readonly range: Range
  readonly use: string
}

const IPV4: readonly SpecialRange[] = [
  special('0.0.0.0/8', 'this network (RFC 791)'),
  special('10.0.0.0/8', 'private use (RFC 1918)'),
  special('100.64.0.0/10', 'shared address space (RFC 6598)'),
  special('127.0.0.0/8', 'loopback (RFC 1122)'),
  special('168.63.129.16/32', 'the Azure host, reachable from every virtual machine there'),
  special('169.254.0.0/16', 'link local, with the metadata services of clouds (RFC 3927)'),
  special('172.16.0.0/12', 'private use (RFC 1918)'),
  special('192.0.0.0/24', 'IETF protocol assignments (RFC 6890)'),
  special('192.0.2.0/24', 'documentation (RFC 5737)'),
  special('192.31.196.0/24', 'AS112 (RFC 7535)'),
  special('192.52.193.0/24', 'AMT (RFC 7450)'),
  special('192.88.99.0/24', '6to4 relay anycast (RFC 7526)'),
  special('192.168.0.0/16', 'private use (RFC 1918)'),
  special('192.175.48.0/24', 'AS112 (RFC 7534)'),
  special('198.18.0.0/15', 'benchmarking (RFC 2544)'),
  special('198.51.100.0/24', 'documentation (RFC 5737)'),
  special('203.0.113.0/24', 'documentation (RFC 5737)'),
  special('224.0.0.0/4', 'multicast (RFC 1112)'),
  special('240.0.0.0/4', 'reserved, with the limited broadcast (RFC 1112)'),
]

// everything else is loopback, link local, unique local, multicast, unassigned, or an IPv4 address in another form
// (mapped, compatible, translated, NAT64)
const GLOBAL_UNICAST = rangeOf('2000::/3')

const IPV6: readonly SpecialRange[] = [
  special('2001::/23', 'IETF protocol assignments, with Teredo and ORCHID (RFC 2928)'),
  special('2001:db8::/32', 'documentation (RFC 3849)'),
  special('2002::/16', '6to4 (RFC 3056)'),
  special('3fff::/20', 'documentation (RFC 9637)'),
]

/**
 * Names the use of a special-purpose address; `undefined` for a public one.
 *
 * @example
 * specialUseOfAddress({ family: 4, value: 0x7f000001n }) // 'loopback (RFC 1122)'
 * specialUseOfAddress({ family: 4, value: 0x08080808n }) // undefined
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function specialUseOfAddress(address: Address): string | undefined {
  if (address.family === 6 && !isInRange(address, GLOBAL_UNICAST)) {
    return 'outside 2000::/3, the public addresses of IPv6'
  }

  const table = address.family === 4 ? IPV4 : IPV6
  return table.find(({ range }) => isInRange(address, range))?.use
}

function special(cidr: string, use: string): SpecialRange {
  return { range: rangeOf(cidr), use }
}

function rangeOf(cidr: string): Range {
  const range = parseRange(cidr)
  if (!range) throw new RangeError(`not a range: ${cidr}`)
  return range
}
