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
  for (const pair of pairsOf(url)) {
    const end = endOfName(pair)
    if (decode(pair.slice(0, end)) === name) values.push(decode(pair.slice(end + 1)))
  }
  return values
}

/**
 * Keeps only the named parameters of a URL's query, each as it was written; drops the fragment.
 *
 * @example
 * pruneQuery('https://api.example.com/?a=%41&secret=s', ['a']) // 'https://api.example.com/?a=%41'
 */
export function pruneQuery(url: string, names: readonly string[]): string {
  const kept = pairsOf(url).filter((pair) => names.includes(decode(pair.slice(0, endOfName(pair)))))
  const [target = ''] = url.split(/[?#]/, 1)
  return kept.length > 0 ? `${target}?${kept.join('&')}` : target
}

function pairsOf(url: string): string[] {
  const end = url.indexOf('#')
  const target = end < 0 ? url : url.slice(0, end)
  const start = target.indexOf('?')
  if (start < 0) return []
  const pairs = target.slice(start + 1).split('&')
  // a form's parser skips what is empty between two separators
  return pairs.includes('') ? pairs.filter(Boolean) : pairs
}

function endOfName(pair: string): number {
  const end = pair.indexOf('=')
  return end < 0 ? pair.length : end
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
