import { absoluteUrl } from './absolute-url.ts'
import type { Refusal } from './failure.ts'
import { MARK, type Place, placeAuthority, placeEach, placePath } from './place.ts'

/** All that a template's text says of the URLs it makes, before there are values. */
export interface Layout {
  /** One for each expression, in order. */
  readonly places: readonly Place[]
  /** Without a scheme: needs the base option. */
  readonly isRelative: boolean
  /** What it makes is already as the URL parser would write it. */
  readonly isCanonical: boolean
}

const COMPONENTS = /^(?:([^:/?]+):\/\/([^/?]*))?([^?]*)\??(.*)$/s
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
 * layOut('https://{.example.com/orders/{')
 * // { places: [{ position: 'label' }, { position: 'segment' }], isRelative: false, isCanonical: false }
 */
export function layOut(outline: string): Layout | Refusal {
  const [, scheme = '', authority = '', path = '', query = ''] = COMPONENTS.exec(outline) ?? []
  const isUrlFirst = scheme === '' && outline.startsWith(MARK)
  const isSafe = isUrlFirst ? URL_FIRST.test(outline) : AUTHORITY.test(authority)
  if (!isSafe) return { code: 'unsafe-template' }

  // a value adds no delimiter, so that a sample has the components of every URL
  const outlined = isUrlFirst ? `https://a/${outline.slice(1)}` : outline.replace(/^\{/, 'https')
  const sample = outlined.replaceAll(MARK, '1')
  const url = absoluteUrl(sample, 'https://a')
  if (typeof url !== 'string') return url

  const tail = outline.charAt(1)
  const heads: readonly Place[] = isUrlFirst
    ? [{ position: 'url', tail }]
    : [...placeEach(scheme, 'scheme'), ...placeAuthority(authority)]
  const paths = placePath(isUrlFirst ? path.slice(1) : path)
  return {
    places: [...heads, ...paths, ...placeEach(query, 'query')],
    isRelative: scheme === '' && !isUrlFirst,
    // '&' continues a query or, without one, a path: only the parser can say which
    isCanonical: url === sample && (isUrlFirst ? tail !== '&' : heads.length === 0),
  }
}
