import { parseAddress } from './address.ts'

// characters that would end or move the host in a URL
const DELIMITER = /[\s/?#@:%\\[\]]/
const NAME = /^[\w-]+(?:\.[\w-]+)*$/

/**
 * Gives a host name as URLs write it: in lower-case ASCII, without the trailing dots that DNS ignores.
 * An address, in any notation, is not a name.
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

/** Removes the dots at the end of a host name: `localhost.` is `localhost`. */
export function withoutTrailingDots(host: string): string {
  return host.replace(/\.+$/, '')
}

/** Gives the host of a URL without the brackets of IPv6 and trailing dots. */
export function hostOf({ hostname }: URL): string {
  return withoutTrailingDots(hostname).replace(/^\[|\]$/g, '')
}
