import { absoluteUrl } from './absolute-url.ts'
import { ExpressionError, type ExpressionErrorCode } from './errors.ts'
import { SENSITIVE } from './header.ts'
import { type Expression, parseExpression } from './parse-expression.ts'
import { MAX_LENGTH } from './plain-url.ts'
import { MARK, type Position, positionOf } from './position.ts'

/** A parsed callback key, as plain data: everything that can be known before there is a request. */
export interface Template {
  /** The key as it was written. */
  readonly source: string
  /** Its text and expressions, without trailing spaces and fragment. */
  readonly parts: readonly TemplatePart[]
  /** Its text is as the URL parser would write it, so that no URL of it has to be parsed again. */
  readonly isCanonical: boolean
}

export type TemplatePart = LiteralPart | ExpressionPart

export interface LiteralPart {
  readonly kind: 'literal'
  readonly text: string
}

/** An expression, how it was written, and where in the URL it stands. */
export interface ExpressionPart {
  readonly kind: 'expression'
  readonly source: string
  readonly expression: Expression
  readonly position: Position
  /** What follows it, each expression as `{}`: its check depends on that. */
  readonly after: string
}

type Placeless = Omit<ExpressionPart, 'position' | 'after'>

/** A bare expression, or what stands in braces. */
export const EXPRESSIONS: RegExp = /^\$.*|(?<=\{)[^{}]*(?=\})/gs

/** Braces and heads of expressions on their own, and a '%' that would make an escape with a value. */
const MISWRITTEN = /\{(?!\})|(?<!\{)\}|%[\da-f]?\{|\$re(?:quest|sponse)\./i
const BRACES = 'put each expression in braces, and %25 for %'

/**
 * Parses a callback key: a URL with runtime expressions in braces, or one bare expression.
 *
 * @example
 * const { parts } = parseTemplate('https://ops.example.com/{$request.body#/id}')
 * // [
 * //   { kind: 'literal', text: 'https://ops.example.com/' },
 * //   { kind: 'expression', source: '$request.body#/id', position: 'path', expression: … },
 * // ]
 *
 * @throws {ExpressionError} with `syntax`, `ambiguous`, `sensitive-header`, `unsafe-template`,
 * `unsafe-char`, `unsafe-scheme`, `userinfo`, `not-absolute`, `invalid-url`, `empty` or `too-long`
 * @see https://spec.openapis.org/oas/v3.2.0.html#key-expression
 */
export function parseTemplate(key: string): Template {
  // keys that differ only in trailing spaces are the usual way to have two for one URL
  const text = key.replace(/(?<! ) +$/, '')
  const expressions: Placeless[] = []
  const take = (source: string) => {
    const expression = parseExpression(source)
    // without braces by the grammar one legal expression, whose name takes the next ones in
    if (source.includes('{$')) throw new ExpressionError('ambiguous', source)
    if (SENSITIVE.test(source)) throw new ExpressionError('sensitive-header', source)
    expressions.push({ kind: 'expression', source, expression })
    return ''
  }
  const marked = text.replace(EXPRESSIONS, take) || MARK
  if (!text || MISWRITTEN.test(marked)) throw new ExpressionError('syntax', key, BRACES)

  // a fragment is never sent, but its expressions had to be right
  const [outline = ''] = marked.split('#', 1)
  const refuse = (code: ExpressionErrorCode): never => {
    throw new ExpressionError(code, key)
  }
  if (outline.length > MAX_LENGTH) refuse('too-long')

  let before = ''
  const parts = outline.split(/(?=\{)|(?<=\})/).map((one): TemplatePart => {
    const start = before
    before += one
    if (one !== MARK) return { kind: 'literal', text: one }
    const after = outline.slice(before.length)
    const position = positionOf(start, after) ?? refuse('unsafe-template')
    return { ...(expressions.shift() as Placeless), position, after }
  })

  // a value adds no delimiter, so that a sample has the components of every URL; the parser rewrites
  // the sample's scheme, host and port, but neither path nor query
  const sample = outline
    .replace(/^\{\}(?=:)/, 'HTTP')
    .replace(/^\{\}/, 'http://a/')
    .replaceAll(':{}', ':00')
    .replaceAll(MARK, 'A')
  const url = absoluteUrl(sample, refuse, 'http://a')
  // '&' continues a query or, without one, a path: only the parser can say which
  return { source: key, parts, isCanonical: url === sample && !outline.startsWith('{}&') }
}
