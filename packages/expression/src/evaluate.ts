import { type DeclaredNames, isDeclared } from './declared.ts'
import type { ExpressionErrorCode } from './errors.ts'
import type { Exchange } from './exchange.ts'
import { makeFailure, type ResolutionFailure } from './failure.ts'
import { type Expression, formatExpression } from './parse-expression.ts'
import { readValue } from './read-value.ts'

/** The value of an expression with its JSON type, or why there is none. */
export type Resolution = { readonly ok: true; readonly value: unknown } | ResolutionFailure

/** Options of `evaluate`. */
export interface EvaluateOptions {
  /** The names that the operation declares; reading anything else of the request is `undeclared`. */
  readonly declared?: DeclaredNames
}

/**
 * Evaluates one expression against an exchange. Never throws.
 *
 * A repeated query parameter is an array of all its values; the lines of a repeated header are
 * joined with commas.
 *
 * @example
 * const exchange = {
 *   request: { method: 'POST', url: 'https://api.example.com/', pathParams: {}, headers: {}, body: { id: 7 } },
 * }
 * evaluate(parseExpression('$request.body#/id'), exchange) // { ok: true, value: 7 }
 */
export function evaluate(
  expression: Expression,
  exchange: Exchange,
  { declared }: EvaluateOptions = {},
): Resolution {
  const refuse = (code: ExpressionErrorCode) => makeFailure(code, formatExpression(expression))
  if (declared && !isDeclared(expression, declared)) return refuse('undeclared')

  const value = readValue(expression, exchange)
  if (value === undefined) return refuse('missing')
  if ('source' in expression && expression.source === 'header' && Array.isArray(value)) {
    // the lines of any other field are one comma-separated list (RFC 9110, 5.3)
    return expression.name === 'set-cookie'
      ? refuse('multi-value')
      : { ok: true, value: value.join(', ') }
  }
  return { ok: true, value }
}
