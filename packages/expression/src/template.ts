import { ExpressionError } from './errors.ts'
import { layOut } from './layout.ts'
import { MARK, type Place } from './place.ts'
import { type KeyPart, type LiteralPart, splitKey, type UnplacedPart } from './split-key.ts'

/** A parsed callback key, as plain data: everything that can be known before there is a request. */
export interface Template {
  /** The key as it was written. */
  readonly source: string
  /** Its text and expressions, without trailing spaces and fragment. */
  readonly parts: readonly TemplatePart[]
  /** It has no scheme, so that it needs the base option. */
  readonly isRelative: boolean
  /** Its text is as the URL parser would write it, so that no URL of it has to be parsed again. */
  readonly isCanonical: boolean
}

export type TemplatePart = LiteralPart | ExpressionPart

/** An expression, how it was written, and where in the URL it stands. */
export interface ExpressionPart extends UnplacedPart, Place {}

/**
 * Parses a callback key: a URL with runtime expressions in braces, or one bare expression.
 *
 * @example
 * const { parts } = parseTemplate('https://ops.example.com/{$request.body#/id}')
 * // [
 * //   { kind: 'literal', text: 'https://ops.example.com/' },
 * //   { kind: 'expression', source: '$request.body#/id', position: 'segment', expression: … },
 * // ]
 *
 * @throws {ExpressionError} with `syntax`, `ambiguous`, `sensitive-header`, `unsafe-template`,
 * `unsafe-char`, `unsafe-scheme`, `userinfo`, `not-absolute`, `invalid-url`, `empty` or `too-long`
 * @see https://spec.openapis.org/oas/v3.2.0.html#key-expression
 */
export function parseTemplate(key: string): Template {
  const parts = withoutFragment(splitKey(withoutTrailingSpaces(key)))
  const outline = parts.map((part) => (part.kind === 'literal' ? part.text : MARK)).join('')
  const layout = layOut(outline)
  if ('code' in layout) throw new ExpressionError(layout.code, key)

  const { isRelative, isCanonical } = layout
  const places = layout.places.values()
  return {
    source: key,
    parts: parts.map((part) => {
      // the outline has a mark for each expression, so there is a place for each
      return part.kind === 'literal' ? part : { ...part, ...(places.next().value as Place) }
    }),
    isRelative,
    isCanonical,
  }
}

/** Keys that differ only in trailing spaces are the usual way to have two for one URL. */
function withoutTrailingSpaces(key: string): string {
  let end = key.length
  while (key[end - 1] === ' ') end -= 1
  return key.slice(0, end)
}

/** A fragment is never sent, so nothing in it is ever read. */
function withoutFragment(parts: readonly KeyPart[]): readonly KeyPart[] {
  const index = parts.findIndex((part) => part.kind === 'literal' && part.text.includes('#'))
  const last = parts[index]
  if (last?.kind !== 'literal') return parts

  const text = last.text.slice(0, last.text.indexOf('#'))
  const kept = parts.slice(0, index)
  return text === '' ? kept : [...kept, { kind: 'literal', text }]
}
