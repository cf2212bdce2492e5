// a host, a port and a segment that the URL parser would leave as they are, as in most URLs
const HOST = '(?:(?!xn--)[a-z\\d-]+[.])+[a-z][a-z\\d]*'
// none that a scheme has by default, and none beyond 65535
const PORT = '(?:[1-5]\\d{4}|[1-9]\\d{3})'
const SEGMENT = '[\\w~-][\\w.~-]*'

/**
 * Gives the pattern of a URL that needs no parsing, for the spellings of its colons and slashes. Its groups are
 * the scheme, the host, the port, the first segment, and the others.
 */
export function plainUrlPattern(colon: string, slash: string): string {
  return `(https?)${colon}${slash}${slash}(${HOST})(?:${colon}(${PORT}))?${slash}(${SEGMENT})((?:${slash}${SEGMENT})*)`
}

/**
 * Compiles a reader of a query parameter whose value is one plain URL, which most are. Only its slashes and
 * colons are decoded and nothing is parsed, which takes most of the time of any other value. The reader gives
 * `undefined` for all other values, and there is none for other expressions.
 *
 * @example
 * const read = compilePlainUrlReader('$request.query.cb')
 * read('https://api.example.com/?cb=https%3A%2F%2Fhooks.example.com%2Fcb')
 * // 'https://hooks.example.com/cb'
 */
export function compilePlainUrlReader(
  expression: string,
): ((url: string) => string | undefined) | undefined {
  const [, name] = /^\$request\.query\.([\w-]+)$/i.exec(expression) ?? []
  if (!name) return undefined

  const other = `(?!${name}=)[\\w-]+=[\\w-]*`
  const pattern = new RegExp(
    `^[^?#]*\\?(?:${other}&)*${name}=${plainUrlPattern('(?::|%3A)', '(?:/|%2F)')}(?:&${other})*$`,
  )
  // a client that asks again uses the same URL with another body
  let last: string | undefined
  let plain: string | undefined
  return (url) => {
    if (url !== last) {
      last = url
      plain = joinUrl(pattern.exec(url))
    }
    return plain
  }
}

function joinUrl(found: readonly string[] | null): string | undefined {
  // by index: destructuring takes a quarter longer
  return (
    found?.[1] &&
    `${found[1]}://${found[2]}${found[3] ? `:${found[3]}` : ''}/${found[4]}${found[5]?.replaceAll('%2F', '/')}`
  )
}
