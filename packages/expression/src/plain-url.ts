import { MAX_LENGTH } from './absolute-url.ts'
import { rawQueryValues } from './query.ts'

/** A URL that the parser would return unchanged, whose `:` and `/` may be encoded. */
const PLAIN =
  /^https?(?::\/\/|%3A%2F%2F)(?:[a-z\d]+(?:-[a-z\d]+)*\.)+[a-z][a-z\d]*(?:(?:\/|%2F)[\w~-]+)+$/

/**
 * Reads a query parameter that is one whole URL of the plainest kind, as most are: it has neither to
 * be decoded nor parsed, which takes most of the time of any other. `undefined` for all others.
 *
 * @example
 * plainQueryUrl('https://api.example.com/?cb=https%3A%2F%2Fhooks.example.com%2Fcb', 'cb')
 * // 'https://hooks.example.com/cb'
 */
export function plainQueryUrl(url: string, name: string): string | undefined {
  const values = rawQueryValues(url, name)
  const [value = ''] = values
  if (values.length > 1 || value.length > MAX_LENGTH || !PLAIN.test(value)) return undefined

  let plain = ''
  let from = 0
  for (let at = value.indexOf('%'); at >= 0; at = value.indexOf('%', from)) {
    // after 'http' or 'https' only '://' is encoded, later only '/'
    const isScheme = at < 6
    plain += value.slice(from, at) + (isScheme ? '://' : '/')
    from = at + (isScheme ? 9 : 3)
  }
  return plain + value.slice(from)
}
