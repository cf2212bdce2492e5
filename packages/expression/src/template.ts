import { ExpressionError } from './errors.ts'
import { SENSITIVE } from './header.ts'
import { layOut } from './layout.ts'
import { type Expression, parseExpression } from './parse.ts'
import { MARK, type Place, placeOf } from './place.ts'
import { REMEDIES } from './remedy.ts'

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
  const texts = splitKey(key)
  const text = texts.map((one, index) => (index % 2 ? MARK : one)).join('')
  // '%2' before a value 'e' would make a dot of both
  if (/%[\da-f]?\{/i.test(text)) {
    throw new ExpressionError('syntax', key, 'write %25 for %')
  }

  const pieces = texts.map((one, index) =>
    index % 2 ? parsePart(one) : ({ kind: 'literal', text: one } as const),
  )
  // a fragment is never sent, but its expressions had to be right
  const [outline = ''] = text.split('#', 1)
  const layout = layOut(outline, (code) => {
    throw new ExpressionError(code, key)
  })

  const parts: TemplatePart[] = []
  let end = 0
  for (const piece of pieces) {
    const start = end
    end += piece.kind === 'literal' ? piece.text.length : 1
    const written = outline.slice(start, end)
    if (!written) continue
    parts.push(
      piece.kind === 'literal'
        ? { ...piece, text: written }
        : { ...piece, ...placeOf(outline, start) },
    )
  }
  return { source: key, parts, ...layout }
}

/** Splits a key at its braces, so that every second piece is an expression. */
function splitKey(key: string): readonly string[] {
  // keys that differ only in trailing spaces are the usual way to have two for one URL
  let end = key.length
  while (key[end - 1] === ' ') end -= 1
  const text = key.slice(0, end)
  if (!text) throw new ExpressionError('syntax', key)
  if (text.startsWith('$')) return ['', text]

  const texts = text.split(/\{([^{}]*)\}/)
  if (texts.some((one, index) => index % 2 === 0 && /[{}]|\$re(?:quest|sponse)\./i.test(one))) {
    throw new ExpressionError('syntax', key, REMEDIES.ambiguous)
  }
  return texts
}

function parsePart(source: string): Omit<ExpressionPart, keyof Place> {
  const expression = parseExpression(source)
  // without braces by the grammar one legal expression, whose name takes the next ones in
  if (source.includes('{$')) throw new ExpressionError('ambiguous', source)
  if (SENSITIVE.test(source)) {
    throw new ExpressionError('sensitive-header', source)
  }
  return { kind: 'expression', source, expression }
}
