import { ExpressionError } from './errors.ts'
import { isSensitive } from './header.ts'
import { layOut } from './layout.ts'
import { type Expression, parseExpression } from './parse.ts'
import { MARK, type Place, placeOf } from './place.ts'

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

export interface LiteralPart {
  readonly kind: 'literal'
  readonly text: string
}

/** An expression, how it was written, and where in the URL it stands. */
export interface ExpressionPart extends Place {
  readonly kind: 'expression'
  readonly source: string
  readonly expression: Expression
}

/** What no key with braces may hold, and how it is written instead. */
const MISTAKES: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'is empty: write a URL or an expression'],
  [
    /\{[^}]*(?:\{|$)|(?:^|\})[^{]*\}/,
    'has braces that do not pair up: give each expression one pair',
  ],
  [/(?:^|\})[^{]*\$re(?:quest|sponse)\./i, 'has an expression without braces: put it in braces'],
  // '%2' before a value 'e' would make a dot of both
  [/%[\da-f]?\{/i, "has a '%' that an expression completes: write '%25'"],
]

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
  const pieces = splitKey(key).map((text, index) => (index % 2 ? parsePart(text) : text))
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : MARK)).join('')
  // a fragment is never sent, but its expressions had to be right
  const [outline = ''] = text.split('#', 1)
  const layout = layOut(outline, (code) => {
    throw new ExpressionError(code, key)
  })

  const parts: TemplatePart[] = []
  let at = 0
  for (const piece of pieces) {
    if (at >= outline.length) break
    if (typeof piece === 'string') {
      if (piece) parts.push({ kind: 'literal', text: outline.slice(at, at + piece.length) })
      at += piece.length
    } else {
      parts.push({ ...piece, ...placeOf(outline, at) })
      at += 1
    }
  }
  return { source: key, parts, ...layout }
}

/** Splits a key at its braces, so that every second piece is an expression. */
function splitKey(key: string): readonly string[] {
  // keys that differ only in trailing spaces are the usual way to have two for one URL
  let end = key.length
  while (key[end - 1] === ' ') end -= 1
  const text = key.slice(0, end)
  if (text.startsWith('$')) return ['', text]

  for (const [pattern, reason] of MISTAKES) {
    if (pattern.test(text)) throw new ExpressionError('syntax', key, reason)
  }
  return text.split(/[{}]/)
}

function parsePart(source: string): Omit<ExpressionPart, keyof Place> {
  const expression = parseExpression(source)
  // without braces by the grammar one legal expression, whose name takes the next ones in
  if (source.includes('{$')) throw new ExpressionError('ambiguous', source)
  if ('name' in expression && expression.source === 'header' && isSensitive(expression.name)) {
    throw new ExpressionError('sensitive-header', source)
  }
  return { kind: 'expression', source, expression }
}
