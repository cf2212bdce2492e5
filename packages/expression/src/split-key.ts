import { ExpressionError } from './errors.ts'
import { isSensitive } from './header.ts'
import { type Expression, parseExpression } from './parse.ts'

export interface LiteralPart {
  readonly kind: 'literal'
  readonly text: string
}

/** An expression, and how it was written. */
export interface UnplacedPart {
  readonly kind: 'expression'
  readonly source: string
  readonly expression: Expression
}

export type KeyPart = LiteralPart | UnplacedPart

/**
 * Splits a callback key into its text and its expressions.
 *
 * @example
 * splitKey('https://x.example/{$method}')
 * // [{ kind: 'literal', text: 'https://x.example/' }, { kind: 'expression', source: '$method', … }]
 *
 * @throws {ExpressionError} with `syntax`, `ambiguous` or `sensitive-header`
 */
export function splitKey(key: string): readonly KeyPart[] {
  if (key === '') throw new ExpressionError('syntax', key, 'is empty: write a URL or an expression')
  if (key.startsWith('$')) return [parseBare(key)]

  const parts: KeyPart[] = []
  for (let from = 0; from < key.length; ) {
    const open = key.indexOf('{', from)
    const text = open < 0 ? key.slice(from) : key.slice(from, open)
    if (text !== '') parts.push(parseLiteral(text, key))
    if (open < 0) break
    // '%2' before a value 'e' would make a dot of both
    if (/%[\da-f]?$/i.test(text)) {
      throw new ExpressionError(
        'syntax',
        key,
        "has a '%' that an expression completes: write '%25'",
      )
    }

    const close = key.indexOf('}', open)
    if (close < 0) throw new ExpressionError('syntax', key, "has a '{' without '}': close it")
    parts.push(parseBraced(key.slice(open + 1, close), key))
    from = close + 1
  }
  return parts
}

function parseBare(source: string): UnplacedPart {
  const part = parsePart(source)
  // by the grammar one legal expression, whose name takes the braces in
  if (source.includes('{$')) throw new ExpressionError('ambiguous', source)
  return part
}

function parseBraced(source: string, key: string): UnplacedPart {
  if (source.includes('{')) {
    throw new ExpressionError('syntax', key, "has a '{' inside braces: expressions do not nest")
  }
  return parsePart(source)
}

function parsePart(source: string): UnplacedPart {
  const expression = parseExpression(source)
  if ('source' in expression && expression.source === 'header' && isSensitive(expression.name)) {
    throw new ExpressionError('sensitive-header', source)
  }
  return { kind: 'expression', source, expression }
}

function parseLiteral(text: string, key: string): LiteralPart {
  if (text.includes('}')) {
    throw new ExpressionError('syntax', key, "has a '}' without '{': the first '}' ends a '{'")
  }
  if (/\$re(?:quest|sponse)\./i.test(text)) {
    throw new ExpressionError('syntax', key, 'has an expression without braces: put it in braces')
  }
  return { kind: 'literal', text }
}
