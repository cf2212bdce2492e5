/** Where in a URL an expression stands, which decides what its value may be. */
export type Position =
  | 'url' // the start: the whole URL, kept raw
  | 'scheme'
  | 'host' // the whole host, port included
  | 'label' // one label of a literal domain
  | 'port'
  | 'segment' // a whole path segment
  | 'path' // a part of one
  | 'query'

export interface Place {
  readonly position: Position
  /**
   * The text after it, where its check depends on that: the character after a whole URL, or the rest
   * of a path segment whose values could together make a dot segment.
   */
  readonly tail?: string
}

/** Stands for one expression in a template's outline: no literal can hold it. */
export const MARK = '{'

const IN_AUTHORITY = /^[^/]*:\/\/[^/]*$/
const DOTS = /^(?:\{|\.|%2e)*$/i

/**
 * Places the expression whose mark stands at an index of a safe outline.
 *
 * @example
 * placeOf('https://{.example.com:8443/', 8) // { position: 'label' }
 */
export function placeOf(outline: string, index: number): Place {
  const before = outline.slice(0, index)
  const after = outline.slice(index + 1)
  if (!before) {
    return after.startsWith('://')
      ? { position: 'scheme' }
      : { position: 'url', tail: after.charAt(0) }
  }
  if (before.includes('?')) return { position: 'query' }
  if (IN_AUTHORITY.test(before)) {
    if (before.endsWith(':')) return { position: 'port' }
    return { position: after.startsWith('.') ? 'label' : 'host' }
  }

  const head = before.slice(before.lastIndexOf('/') + 1)
  const [tail = ''] = after.split(/[/?]/, 1)
  const segment = head + tail
  if (!segment) return { position: 'segment' }
  // literal text other than dots makes a dot segment impossible, whatever the values
  const isChecked = DOTS.test(segment) && !tail.includes(MARK)
  return { position: 'path', ...(isChecked && { tail }) }
}
