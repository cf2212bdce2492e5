const SUFFIXES: Readonly<Record<string, string>> = {
  localhost: 'loopback (RFC 6761)',
  local: 'multicast DNS and clusters (RFC 6762)',
  internal: 'private networks (ICANN)',
  localdomain: 'private networks',
  'home.arpa': 'home networks (RFC 8375)',
  onion: 'Tor (RFC 7686)',
  invalid: 'names that must not resolve (RFC 6761)',
  test: 'testing (RFC 6761)',
}

/**
 * Names the use of a special-use host name; `undefined` for others. The name is in lower case, without trailing dots.
 *
 * @example
 * specialUseOfName('a.localhost') // 'under .localhost, which is for loopback (RFC 6761)'
 * specialUseOfName('example.com') // undefined
 *
 * @see https://www.iana.org/assignments/special-use-domain-names
 */
export function specialUseOfName(name: string): string | undefined {
  const labels = name.split('.')
  const suffix = [labels.slice(-1), labels.slice(-2)]
    .map((last) => last.join('.'))
    .find((last) => Object.hasOwn(SUFFIXES, last))

  return suffix === undefined ? undefined : `under .${suffix}, which is for ${SUFFIXES[suffix]}`
}
