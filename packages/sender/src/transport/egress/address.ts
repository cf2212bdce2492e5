/** An IP address as a number of 32 or 128 bits. */
export interface Address {
  readonly family: 4 | 6
  readonly value: bigint
}

const IPV4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/
const IPV6 = /^[\da-f.]*:[\da-f:.]*$/i

/**
 * Reads an IPv4 or IPv6 address, strictly: no octal or short forms, no brackets, no zones.
 *
 * @example
 * parseAddress('127.0.0.1') // { family: 4, value: 2130706433n }
 * parseAddress('::1') // { family: 6, value: 1n }
 * parseAddress('0177.0.0.1') // undefined
 */
export function parseAddress(text: string): Address | undefined {
  if (IPV4.test(text)) return { family: 4, value: ipv4Value(text) }
  if (!IPV6.test(text)) return undefined

  const literal = `http://[${text}]/`
  return URL.canParse(literal) ? { family: 6, value: ipv6Value(literal) } : undefined
}

function ipv4Value(text: string): bigint {
  return BigInt(text.split('.').reduce((value, byte) => value * 256 + Number(byte), 0))
}

function ipv6Value(literal: string): bigint {
  // fetch connects to what the URL parser reads, which writes an embedded IPv4 address in hexadecimal
  const canonical = new URL(literal).hostname.slice(1, -1)
  const [before = '', after = ''] = canonical.split('::')
  const head = before === '' ? [] : before.split(':')
  const tail = after === '' ? [] : after.split(':')
  const zeros = new Array<string>(8 - head.length - tail.length).fill('0')
  const digits = [...head, ...zeros, ...tail].map((group) => group.padStart(4, '0'))

  return BigInt(`0x${digits.join('')}`)
}
