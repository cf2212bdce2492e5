import { parseAddress } from './address.ts'

// what would end or move the host inside a URL
const DELIMITER = /[\s/?#@:%\\[\]]/
const NAME = /^[\w-]+(?:\.[\w-]+)*$/

/**
 * Writes a host name as URLs do, in lower-case ASCII, without the trailing dots that DNS ignores.
 * Addresses, in whatever notation, are not names.
 *
 * @example
 * parseHostName('Receiver.Internal.') // 'receiver.internal'
 * parseHostName('bücher.example') // 'xn--bcher-kva.example'
 * parseHostName('127.1') // undefined
 */
export function parseHostName(text: string): string | undefined {
  const literal = `http://${text}/`
  if (DELIMITER.test(text) || !URL.canParse(literal)) return undefined

  const name = withoutTrailingDots(new URL(literal).hostname)
  return NAME.test(name) && !parseAddress(name) ? name : undefined
}

/** Drops the dots at the end of a host name: `localhost.` is `localhost`. */
export function withoutTrailingDots(host: string): string {
  return host.replace(/\.+$/, '')
}
