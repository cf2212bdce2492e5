import { MAX_LENGTH, PLAIN_HOST, PLAIN_PORT, PLAIN_SEGMENT } from './absolute-url.ts'

/** The scheme, host, port, first segment and other segments of a plain URL, encoded or not. */
const PLAIN = `(https?)(?:://|%3A%2F%2F)(${PLAIN_HOST})(?:(?::|%3A)(${PLAIN_PORT}))?(?:/|%2F)(${PLAIN_SEGMENT})((?:(?:/|%2F)${PLAIN_SEGMENT})*)`

/**
 * Compiles the reading of a query parameter that is one whole URL of the plainest kind, as most are: it
 * has neither to be parsed nor, but for its slashes, decoded, which takes most of the time of any other.
 * `undefined` for all others.
 *
 * @example
 * const read = plainUrlReader('cb')
 * read('https://api.example.com/?cb=https%3A%2F%2Fhooks.example.com%2Fcb')
 * // 'https://hooks.example.com/cb'
 */
export function plainUrlReader(name: string): (url: string) => string | undefined {
  if (!/^[\w-]+$/.test(name)) return () => undefined

  const other = `(?!${name}=)[\\w-]+=[\\w-]*`
  const pattern = new RegExp(`^[^?#]*\\?(?:${other}&)*${name}=${PLAIN}(?:&${other})*$`)
  // a client that asks again does so with the same URL, and another body
  let last = ''
  let plain: string | undefined
  return (url) => {
    if (url !== last) {
      const found = url.length > MAX_LENGTH ? null : pattern.exec(url)
      plain = found ? join(found) : undefined
      last = url
    }
    return plain
  }
}

function join(found: readonly string[]): string {
  // by index: destructuring takes a quarter longer
  const port = found[3] ? `:${found[3]}` : ''
  const rest = found[5] ? found[5].replaceAll('%2F', '/') : ''
  return `${found[1]}://${found[2]}${port}/${found[4]}${rest}`
}
