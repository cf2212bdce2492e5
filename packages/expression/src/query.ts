/**
 * Lists the values of one query parameter in their order, decoded as a form is.
 *
 * @example
 * queryValues('https://api.example.com/?tag=a&tag=b%2Bc', 'tag') // ['a', 'b+c']
 *
 * @see https://url.spec.whatwg.org/#concept-urlencoded-parser
 */
export function queryValues(url: string, name: string): string[] {
  const values: string[] = []
  eachPair(url, (key, pair, end) => {
    if (key === name) values.push(decode(pair.slice(end + 1)))
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
  const text = hash < 0 ? url : url.slice(0, hash)
  for (let from = text.indexOf('?'), to: number; from >= 0; from = to) {
    to = text.indexOf('&', from + 1)
    const pair = text.slice(from + 1, to < 0 ? text.length : to)
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
