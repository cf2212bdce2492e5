import type { Declared } from './declared.ts'
import type { Exchange } from './exchange.ts'
import { type Failure, failure } from './failure.ts'
import { type Expression, formatExpression } from './parse.ts'
import { read } from './read.ts'

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
  options: EvaluateOptions = {},
): Resolution {
  const reading = read(expression, exchange, options.declared)
  return 'code' in reading
    ? failure(reading.code, formatExpression(expression))
    : { ok: true, value: reading.value }
}
