import { type Declared, isDeclared } from './declared.ts'
import type { Exchange } from './exchange.ts'
import { type Failure, failure } from './failure.ts'
import { type Expression, type ExpressionParts, formatExpression } from './parse-expression.ts'
import { read } from './read-value.ts'

/** The value of an expression with its JSON type, or why there is none. */
export type Resolution = { readonly ok: true; readonly value: unknown } | Failure

export interface EvaluateOptions {
  /** What the operation declares; reading anything else of the request is `undeclared`. */
  readonly declared?: Declared
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
  const fail = (code: Failure['code']) => failure(code, formatExpression(expression))
  if (declared && !isDeclared(expression, declared)) return fail('undeclared')

  let value = read(expression, exchange)
  if (value === undefined) return fail('missing')
  const { source, name }: ExpressionParts = expression
  if (source === 'header' && Array.isArray(value)) {
    // lines of any other field are one comma-separated list (RFC 9110, 5.3)
    if (name === 'set-cookie') return fail('multi-value')
    value = value.join(', ')
  }
  return { ok: true, value }
}
