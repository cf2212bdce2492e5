import type { Refusal } from './failure.ts'
import { MAX_LENGTH, serializeUrl } from './serialize-url.ts'

/** URLs that the parser would return unchanged: most of them, so that few need it. */
const PLAIN = /^https?:\/\/(?:[a-z\d]+(?:-[a-z\d]+)*\.)+[a-z][a-z\d]*(?:\/[\w~-]*)+$/
/** White space, control characters and backslashes: URL parsers strip or rewrite them silently. */
const UNSAFE_CHAR = /[\s\p{Cc}\\]/u
const ORIGIN = /^(?:([a-z][a-z\d+.-]*):)?(?:\/\/([^/?#]*))?/i

/**
 * Checks a value that is a whole URL, and writes it as the URL parser does, without its fragment.
 *
 * @example
 * absoluteUrl('https://Hooks.Example.com') // 'https://hooks.example.com/'
 * absoluteUrl('/cb') // { code: 'not-absolute' }
 * absoluteUrl('/cb', 'https://client.example/') // 'https://client.example/cb'
 */
export function absoluteUrl(value: string, base?: string): string | Refusal {
  if (value === '') return { code: 'empty' }
  if (value.length > MAX_LENGTH) return { code: 'too-long' }
  if (PLAIN.test(value)) return value
  if (UNSAFE_CHAR.test(value)) return { code: 'unsafe-char' }

  const [, scheme, authority] = ORIGIN.exec(value) ?? []
  if (scheme === undefined) {
    // '//host' would leave the host of the base
    const isPath = base !== undefined && authority === undefined
    return isPath ? serializeUrl(value, base) : { code: 'not-absolute' }
  }
  if (!/^https?$/i.test(scheme)) return { code: 'unsafe-scheme' }
  // the parser would find a host in 'https:host' and 'https:///host', and drop an empty user name
  if (!authority) return { code: 'invalid-url' }
  return authority.includes('@') ? { code: 'userinfo' } : serializeUrl(value)
}
