/** The position of an expression in a URL, which decides what its value may be. */
export type UrlPosition =
  | 'url' // the start: the whole URL, kept raw
  | 'scheme'
  | 'host' // the whole host, port included
  | 'label' // one label of a literal domain
  | 'port'
  | 'path' // a path segment, or a part of one
  | 'query'

/** Stands for one expression in a template's outline: no literal can hold it. */
export const MARK = '{}'

const IN_AUTHORITY = /^[^/]*:\/\/[^/]*$/

/**
 * Finds the position of the expression between two texts of an outline; `undefined` where a value could
 * change the host.
 *
 * @example
 * positionOf('https://', '.example.com:8443/') // 'label'
 */
export function positionOf(before: string, after: string): UrlPosition | undefined {
  const around = segmentOf(`${before}{`, after)
  if (!before) {
    if (around === '{:') return 'scheme'
    return /^\{(?:&|$)/.test(around) ? 'url' : undefined
  }
  if (before.includes('?')) return 'query'
  if (!IN_AUTHORITY.test(before)) return 'path'

  if (/^\{(?::|$)/.test(around)) return 'host'
  // the last label is always literal
  if (/(?:^|\.)\{\.[^.:]/.test(around)) return 'label'
  return /:\{$/.test(around) ? 'port' : undefined
}

/** Joins two texts of a URL, and gives the path segment, or the authority, in which they meet. */
export function segmentOf(before: string, after: string): string {
  return before.replace(/^.*\//s, '') + after.replace(/[/?].*/s, '')
}
