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

const DOTS = /^(?:\{|\.|%2e)*$/i

/** Gives each expression of a text the same position. */
export function placeEach(text: string, position: Position): readonly Place[] {
  return Array.from(text.matchAll(/\{/g), () => ({ position }))
}

/**
 * Places the expressions of a host and its port.
 *
 * @example
 * placeAuthority('{.example.com:{') // [{ position: 'label' }, { position: 'port' }]
 */
export function placeAuthority(authority: string): readonly Place[] {
  // no expression stands in an IPv6 literal, the only host with a colon
  const [host = '', ...ports] = authority.split(':')
  const hosts = placeEach(host, host === MARK ? 'host' : 'label')
  return [...hosts, ...placeEach(ports.join(), 'port')]
}

/**
 * Places the expressions of a path.
 *
 * @example
 * placePath('/{/v{') // [{ position: 'segment' }, { position: 'path' }]
 */
export function placePath(path: string): readonly Place[] {
  return path.split('/').flatMap((segment) => {
    if (segment === MARK) return placeEach(segment, 'segment')

    const places = placeEach(segment, 'path')
    // literal text other than dots makes a dot segment impossible, whatever the values
    if (places.length === 0 || !DOTS.test(segment)) return places
    const tail = segment.slice(segment.lastIndexOf(MARK) + 1)
    return [...places.slice(1), { position: 'path' as const, tail }]
  })
}
