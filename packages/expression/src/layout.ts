import { absoluteUrl } from './absolute-url.ts'
import type { Refuse } from './failure.ts'
import { MARK } from './place.ts'

/** What a template's text says of the URLs it makes, before there are values. */
export interface Layout {
  /** Without a scheme: needs the base option. */
  readonly isRelative: boolean
  /** What it makes is already as the URL parser would write it. */
  readonly isCanonical: boolean
}

const ORIGIN = /^[^:/?]+:\/\/([^/?]*)/
/** After a whole URL, only what cannot touch its host. */
const URL_FIRST = /^\{(?:[/?&]|$)/
/** Expressions are the whole host, whole labels before the last one, and the whole port. */
const AUTHORITY =
  /^(?:\{|(?:(?:\{|[^.{:[\]]+)\.)*[^.{:[\]]+\.?|[^:{]*|\[[^\]{]*\])(?::(?:\{|[^{]*))?$/

/**
 * Lays out a template from its outline: its literals, with a mark for each expression. Refuses one
 * of which no value could make a safe URL.
 *
 * @example
 * layOut('https://{.example.com/orders/{', refuse) // { isRelative: false, isCanonical: false }
 */
export function layOut(outline: string, refuse: Refuse<never>): Layout {
  const [origin = '', authority = ''] = ORIGIN.exec(outline) ?? []
  const isUrlFirst = !origin && outline.startsWith(MARK)
  const isSafe = isUrlFirst ? URL_FIRST.test(outline) : AUTHORITY.test(authority)
  if (!isSafe) refuse('unsafe-template')

  // a value adds no delimiter, so that a sample has the components of every URL
  const start = isUrlFirst ? 'https://a/' : 'https'
  const sample = outline.replace(/^\{/, start).replaceAll(MARK, '1')
  const url = absoluteUrl(sample, refuse, 'https://a')

  return {
    isRelative: !origin && !isUrlFirst,
    // '&' continues a query or, without one, a path: only the parser can say which
    isCanonical: url === sample && !origin.includes(MARK) && !outline.startsWith('{&'),
  }
}
