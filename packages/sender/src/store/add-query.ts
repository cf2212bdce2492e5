/** Adds a query to that of a URL, before its fragment. */
export function addQuery(url: string, query: string): string {
  const [base = '', fragment] = url.split('#', 2)
  const separator = !base.includes('?') ? '?' : /[?&]$/.test(base) ? '' : '&'
  return `${base}${separator}${query}${fragment === undefined ? '' : `#${fragment}`}`
}
