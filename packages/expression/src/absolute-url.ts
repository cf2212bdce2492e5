import type { Refuse } from './failure.ts'

/** No URL is longer, and no value in one. */
export const MAX_LENGTH = 8192

/** A host, a port and a segment that the URL parser would leave as they are, as in most URLs. */
export const PLAIN_HOST = '(?:[a-z0-9]+(?:-[a-z0-9]+)*[.])+[a-z][a-z0-9]*'
export const PLAIN_PORT = '[1-9][0-9]{3}'
export const PLAIN_SEGMENT = '[\\w~-][\\w.~-]*'

const PLAIN = /* @__PURE__ */ new RegExp(
  `^https?://${PLAIN_HOST}(?::${PLAIN_PORT})?(?:/(?:${PLAIN_SEGMENT})?)+$`,
)
/** White space, control characters and backslashes: URL parsers strip or rewrite them silently. */
const UNSAFE_CHAR = /[\s\p{Cc}\\]/u
const ORIGIN = /^(?:([a-z][a-z\d+.-]*):)?(?:\/\/([^/?#]*))?/i

/**
 * Checks a whole URL, and writes it as the WHATWG parser serialises it, without its fragment.
 *
 * @example
 * const refuse = (code: string) => ({ code })
 * absoluteUrl('https://Hooks.Example.com/a/../b#top', refuse) // 'https://hooks.example.com/b'
 * absoluteUrl('/cb', refuse) // { code: 'not-absolute' }
 * absoluteUrl('/cb', refuse, 'https://client.example/') // 'https://client.example/cb'
 *
 * @see https://url.spec.whatwg.org/#url-serializing
 */
export function absoluteUrl<TRefusal>(
  value: string,
  refuse: Refuse<TRefusal>,
  base?: string,
): string | TRefusal {
  if (!value) return refuse('empty')
  if (value.length > MAX_LENGTH) return refuse('too-long')
  if (PLAIN.test(value)) return value
  if (UNSAFE_CHAR.test(value)) return refuse('unsafe-char')

  const [, scheme, authority] = ORIGIN.exec(value) ?? []
  if (scheme) {
    if (!/^https?$/i.test(scheme)) return refuse('unsafe-scheme')
    // the parser would find a host in 'https:host' and 'https:///host', and drop an empty user name
    if (!authority) return refuse('invalid-url')
    if (authority.includes('@')) return refuse('userinfo')
  } else if (base === undefined || authority !== undefined) {
    // '//host' would leave the host of the base
    return refuse('not-absolute')
  }

  try {
    const { href } = new URL(value.replace(/#.*/s, ''), scheme ? undefined : base)
    // what the parser wrote may be too long, or have the base's scheme and user name
    return href === value ? value : absoluteUrl(href, refuse)
  } catch {
    return refuse('invalid-url')
  }
}
