/**
 * Lists the values of one query parameter in their order, decoded as a form is.
 *
 * @example
 * queryValues('https://api.example.com/?tag=a&tag=b%2Bc', 'tag') // ['a', 'b+c']
 *
 * @see https://url.spec.whatwg.org/#concept-urlencoded-parser
 */
export function queryValues(url: string, name: string): string[] {
  return rawQueryValues(url, name).map(decode)
}

/** Lists the values of one query parameter as they were written. */
export function rawQueryValues(url: string, name: string): string[] {
  const values: string[] = []
  eachPair(url, (key, pair, end) => {
    if (key === name) values.push(pair.slice(end + 1))
  })
  return values
}

/**
 * Keeps only the named parameters of a URL's query, each as it was written; drops the fragment.
 *
 * @example
 * pruneQuery('https://api.example.com/?a=%41&secret=s', ['a']) // 'https://api.example.com/?a=%41'
 */
export function pruneQuery(url: string, names: readonly string[]): string {
  let [pruned = ''] = url.split(/[?#]/, 1)
  let separator = '?'
  eachPair(url, (key, pair) => {
    if (!names.includes(key)) return
    pruned += separator + pair
    separator = '&'
  })
  return pruned
}

/** Visits each pair of a query: its name, the pair as it was written, and where its name ends. */
function eachPair(url: string, visit: (name: string, pair: string, end: number) => void): void {
  const hash = url.indexOf('#')
  const limit = hash < 0 ? url.length : hash
  for (let from = url.indexOf('?') + 1, to: number; from > 0 && from < limit; from = to + 1) {
    to = url.indexOf('&', from)
    if (to < 0 || to > limit) to = limit
    const pair = url.slice(from, to)
    const equals = pair.indexOf('=')
    const end = equals < 0 ? pair.length : equals
    // a form's parser skips what is empty between two separators
    if (pair) visit(decode(pair.slice(0, end)), pair, end)
  }
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced

  try {
    return decodeURIComponent(spaced)
  } catch {
    // not UTF-8, or a lone %: slower, but never fails
    return new URLSearchParams(`=${text}`).get('') ?? ''
  }
}
