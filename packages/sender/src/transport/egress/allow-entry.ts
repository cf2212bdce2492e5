import { parseHostName } from './host-name.ts'
import { parseRange, type Range } from './range.ts'

/** One target of a policy: a host name or a range of addresses, on one port or the usual ones. */
export interface AllowEntry {
  readonly target: string | Range
  readonly port: number | undefined
}

// [::1], [::1]:9000, [fd00::/8]:9000
const BRACKETED = /^\[(?<target>[^[\]]*:[^[\]]*)\](?::(?<port>\d{1,5}))?$/
// 127.0.0.1, 10.1.0.0/16, receiver.internal:9000
const PLAIN = /^(?<target>[^:[\]]+)(?::(?<port>\d{1,5}))?$/
// ::1, fd00::/8; without brackets a port would be one more group
const BARE_IPV6 = /^(?<target>[\da-f:.]*:[\da-f:.]*:[\da-f:.]*(?:\/\d+)?)$/i

/**
 * Reads one entry of a policy's `allow` or `only`.
 *
 * @example
 * parseAllowEntry('localhost:9000') // { target: 'localhost', port: 9000 }
 * parseAllowEntry('::1') // { target: { family: 6, value: 1n, prefix: 128 }, port: undefined }
 * parseAllowEntry('10.1.2.3/16') // undefined, bits beyond the prefix
 */
export function parseAllowEntry(text: string): AllowEntry | undefined {
  const match = BRACKETED.exec(text) ?? PLAIN.exec(text) ?? BARE_IPV6.exec(text)
  const { target: source = '', port: digits } = match?.groups ?? {}

  const target = parseRange(source) ?? parseHostName(source)
  const port = digits === undefined ? undefined : Number(digits)
  if (target === undefined || port === 0 || (port ?? 0) > 65535) return undefined

  return { target, port }
}
