import { type Address, parseAddress } from './address.ts'

/** The addresses that share the first `prefix` bits of `value`. */
export interface Range extends Address {
  readonly prefix: number
}

const CIDR = /^(?<base>[^/]+)(?:\/(?<prefix>0|[1-9]\d{0,2}))?$/

/**
 * Reads a CIDR range, or one address as a range of its own. A base with bits beyond the prefix is refused, since one
 * of the two must be a mistake.
 *
 * @example
 * parseRange('10.1.0.0/16') // { family: 4, value: 167837696n, prefix: 16 }
 * parseRange('10.1.2.3/16') // undefined
 *
 * @see https://www.rfc-editor.org/rfc/rfc4632#section-3.1
 */
export function parseRange(text: string): Range | undefined {
  const { base = '', prefix } = CIDR.exec(text)?.groups ?? {}
  const address = parseAddress(base)
  if (!address) return undefined

  const width = widthOf(address)
  const range = { ...address, prefix: prefix === undefined ? width : Number(prefix) }
  if (range.prefix > width) return undefined

  const free = BigInt(width - range.prefix)
  return (range.value >> free) << free === range.value ? range : undefined
}

/** Tells whether an address lies in a range; families never mix. */
export function isInRange(address: Address, range: Range): boolean {
  if (address.family !== range.family) return false

  const free = BigInt(widthOf(range) - range.prefix)
  return address.value >> free === range.value >> free
}

function widthOf(address: Address): number {
  return address.family === 4 ? 32 : 128
}
