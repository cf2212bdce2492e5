import { ExpressionError, type ExpressionErrorCode } from './errors.ts'
import { isSensitiveHeader } from './header.ts'
import { MAX_URL_LENGTH, normalizeUrl } from './normalize-url.ts'
import { type Expression, parseExpression } from './parse-expression.ts'
import { MARK, positionOf, type UrlPosition } from './position.ts'
import { NOT_A_KEY, NOT_BRACED } from './problems.ts'

/** A parsed callback key, as plain data: everything that can be known before there is a request. */
export interface Template {
  /** The key as it was written. */
  readonly source: string
  /** Its text and expressions, without trailing spaces and fragment. */
  readonly parts: readonly TemplatePart[]
  /** Whether its text is in the URL parser's spelling, so that its URLs need no parsing. */
  readonly isCanonical: boolean
}

/** A part of a template: text or an expression. */
export type TemplatePart = LiteralPart | ExpressionPart

/** Text of a template, as it was written. */
export interface LiteralPart {
  readonly kind: 'literal'
  readonly text: string
}

/** An expression, how it was written, and where in the URL it stands. */
export interface ExpressionPart {
  readonly kind: 'expression'
  readonly source: string
  readonly expression: Expression
  readonly position: UrlPosition
  /** The text that follows it, each expression as `{}`: the check of its value depends on that. */
  readonly after: string
}

type WrittenExpression = Pick<ExpressionPart, 'source' | 'expression'>

/** An expression in braces; the group is the expression. */
export const BRACED: RegExp = /\{([^{}]*)\}/g

const LONE_BRACE = /\{(?!\})|(?<!\{)\}/
/** Heads of expressions on their own, and a '%' that would make an escape with a value. */
const MISWRITTEN = /%[\da-f]?\{|\$re(?:quest|sponse)\./i

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
  const refuse = (code: ExpressionErrorCode): never => {
    throw new ExpressionError(code, key)
  }
  // two keys for one URL usually differ only in trailing spaces
  const trimmed = key.replace(/(?<! ) +$/, '')
  const pieces = parsePieces(trimmed)
  const marked = pieces.map((piece) => (typeof piece === 'string' ? piece : MARK)).join('')
  if (LONE_BRACE.test(marked)) throw new ExpressionError('syntax', key, NOT_BRACED)
  if (!trimmed || MISWRITTEN.test(marked)) throw new ExpressionError('syntax', key, NOT_A_KEY)

  // a fragment is never sent, but its expressions have to be right
  const [outline = ''] = marked.split('#', 1)
  if (outline.length > MAX_URL_LENGTH) refuse('too-long')

  const parts: TemplatePart[] = []
  let end = 0
  for (const piece of pieces) {
    const start = end
    end += typeof piece === 'string' ? piece.length : MARK.length
    const text = outline.slice(start, end)
    if (!text) continue // in the fragment, or between two expressions
    if (typeof piece === 'string') parts.push({ kind: 'literal', text })
    else {
      const after = outline.slice(end)
      const position = positionOf(outline.slice(0, start), after) ?? refuse('unsafe-template')
      parts.push({ kind: 'expression', ...piece, position, after })
    }
  }
  return { source: key, parts, isCanonical: checkOutline(outline, refuse) }
}

/** Parses the expressions of a key, and keeps the texts between them. */
function parsePieces(text: string): (string | WrittenExpression)[] {
  if (text.startsWith('$')) return [parseWritten(text)]
  // a split gives what the group matches as well: every second piece is an expression
  return text.split(BRACED).map((piece, index) => (index % 2 === 0 ? piece : parseWritten(piece)))
}

function parseWritten(source: string): WrittenExpression {
  const expression = parseExpression(source)
  // without braces one legal expression, whose name takes in the others
  if (source.includes('{$')) throw new ExpressionError('ambiguous', source)
  if ('name' in expression && expression.source === 'header' && isSensitiveHeader(expression.name))
    throw new ExpressionError('sensitive-header', source)
  return { source, expression }
}

/** Checks the URLs that an outline can give, and says whether each is in the URL parser's spelling. */
function checkOutline(outline: string, refuse: (code: ExpressionErrorCode) => never): boolean {
  // a value adds no delimiter, so that a sample has the components of every URL; the parser rewrites
  // the sample's scheme, host and port, but neither path nor query
  const sample = outline
    .replace(/^\{\}(?=:)/, 'HTTP')
    .replace(/^\{\}/, 'http://a/')
    .replaceAll(':{}', ':00')
    .replaceAll(MARK, 'A')
  // '&' continues a query or, without one, a path: only the parser can say which
  return normalizeUrl(sample, refuse, 'http://a') === sample && !outline.startsWith('{}&')
}
