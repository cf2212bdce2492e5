/** No URL is longer, and no value in one. */
export const MAX_LENGTH = 8192

// a host, a port and a segment that the URL parser would leave as they are, as in most URLs
const HOST = '(?:(?!xn--)[a-z\\d-]+[.])+[a-z][a-z\\d]*'
const PORT = '[1-9]\\d{3}'
const SEGMENT = '[\\w~-][\\w.~-]*'

/**
 * The pattern of a URL that needs no parsing, given how it writes colons and slashes. Its groups are the
 * scheme, the host, the port, the first segment, and the others.
 */
export function plainUrl(colon: string, slash: string): string {
  return `(https?)${colon}${slash}${slash}(${HOST})(?:${colon}(${PORT}))?${slash}(${SEGMENT})((?:${slash}${SEGMENT})*)`
}

/**
 * Compiles the reading of a query parameter that is one plain URL, as most are: it has neither to be
 * parsed nor, but for its slashes, decoded, which takes most of the time of any other. `undefined` for
 * all others.
 *
 * @example
 * const read = plainUrlReader('$request.query.cb')
 * read('https://api.example.com/?cb=https%3A%2F%2Fhooks.example.com%2Fcb')
 * // 'https://hooks.example.com/cb'
 */
export function plainUrlReader(
  expression: string,
): ((url: string) => string | undefined) | undefined {
  const [, name] = /^\$request\.query\.([\w-]+)$/i.exec(expression) ?? []
  if (!name) return undefined

  const other = `(?!${name}=)[\\w-]+=[\\w-]*`
  const pattern = new RegExp(
    `^[^?#]*\\?(?:${other}&)*${name}=${plainUrl('(?::|%3A)', '(?:/|%2F)')}(?:&${other})*$`,
  )
  // a client that asks again does so with the same URL, and another body
  let last: string | undefined
  let plain: string | undefined
  return (url) => {
    if (url !== last) {
      last = url
      plain = join(pattern.exec(url))
    }
    return plain
  }
}

function join(found: readonly string[] | null): string | undefined {
  // by index: destructuring takes a quarter longer
  return (
    found?.[1] &&
    `${found[1]}://${found[2]}${found[3] ? `:${found[3]}` : ''}/${found[4]}${found[5]?.replaceAll('%2F', '/')}`
  )
}
