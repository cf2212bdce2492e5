import { type Address, parseAddress } from './address.ts'
import { isInRange, parseRange, type Range } from './range.ts'

// with the IPv4 addresses as IPv6 maps them, which a socket connects to as well
const RANGES = ['127.0.0.0/8', '::1', '::ffff:127.0.0.0/104'].map(parseRange)

/**
 * Tells whether a host is this machine by its name alone, or an address of it: 127.0.0.0/8, `::1`, the mapped form of
 * either, `localhost` and the names under it. The host is in lower case, without brackets and trailing dots.
 *
 * @example
 * isLoopback('127.0.0.53') // true
 * isLoopback('api.localhost') // true
 * isLoopback('0.0.0.0') // false
 *
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3
 */
export function isLoopback(host: string): boolean {
  const address = parseAddress(host)
  return address ? isLoopbackAddress(address) : /^(?:.+\.)?localhost$/.test(host)
}

/** Tells whether an address is one of this machine's loopback addresses. */
export function isLoopbackAddress(address: Address): boolean {
  return RANGES.some((range: Range | undefined) => range && isInRange(address, range))
}
