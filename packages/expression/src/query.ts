/**
 * Parses the query of a URL as form data.
 *
 * @example
 * queryOf('https://api.example.com/?tag=a&tag=b%2Bc').getAll('tag') // ['a', 'b+c']
 *
 * @see https://url.spec.whatwg.org/#concept-urlencoded-parser
 */
export function queryOf(url: string): URLSearchParams {
  return new URLSearchParams(url.replace(/^[^?#]*|#.*/gs, ''))
}

/**
 * Keeps only the named parameters of a URL's query, and drops the fragment.
 *
 * @example
 * pruneQuery('https://api.example.com/?a=1&secret=s', ['a']) // 'https://api.example.com/?a=1'
 */
export function pruneQuery(url: string, names: readonly string[]): string {
  const kept = [...queryOf(url)].filter(([name]) => names.includes(name))
  return url.replace(/[?#].*/s, kept.length > 0 ? `?${new URLSearchParams(kept)}` : '')
}
