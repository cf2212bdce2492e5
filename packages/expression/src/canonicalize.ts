import { type Declared, declaredName } from './declared.ts'
import { ExpressionError } from './errors.ts'
import { expandShorthand } from './expand-shorthand.ts'
import { formatExpression } from './parse-expression.ts'
import { EXPRESSIONS } from './parse-template.ts'

const PLACES = ['path', 'query', 'header'] as const

/**
 * Writes FastAPI's shorthand as the specification does: `$name` is the one parameter of that name, and
 * `$request.body.a.b` a member of the body. A key without shorthand stays as it is, right or wrong.
 *
 * @example
 * canonicalize('{$callback_url}/invoices/{$request.body.id}', { query: ['callback_url'] })
 * // '{$request.query.callback_url}/invoices/{$request.body#/id}'
 *
 * @throws {ExpressionError} with `undeclared` or `ambiguous`, when no parameter has the name, or two have
 * @see https://fastapi.tiangolo.com/advanced/openapi-callbacks/
 */
export function canonicalize(key: string, declared: Declared): string {
  const parameter = (name: string): string => {
    const found = PLACES.flatMap((source) => {
      const one = declaredName(source, name, declared)
      return one ? formatExpression({ root: 'request', source, name: one }) : []
    })
    const [only, other] = found
    if (only && !other) return only
    const remedy = other && `write '${only}' or '${other}'`
    throw new ExpressionError(other ? 'ambiguous' : 'undeclared', `$${name}`, remedy)
  }
  return key.replace(EXPRESSIONS, (source) => expandShorthand(source, parameter))
}
