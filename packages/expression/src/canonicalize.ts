import { type DeclaredNames, findDeclaredName } from './declared.ts'
import { ExpressionError } from './errors.ts'
import { expandShorthand } from './expand-shorthand.ts'
import { formatExpression, NAMED_SOURCES } from './parse-expression.ts'
import { BRACED } from './parse-template.ts'

/**
 * Rewrites FastAPI's shorthand into the specification's form: `$name` is the one parameter of that name, and
 * `$request.body.a.b` a member of the body. A key without shorthand stays as it is, right or wrong.
 *
 * @example
 * canonicalize('{$callback_url}/invoices/{$request.body.id}', { query: ['callback_url'] })
 * // '{$request.query.callback_url}/invoices/{$request.body#/id}'
 *
 * @throws {ExpressionError} with `undeclared` if no parameter has the name, or `ambiguous` if two have it
 * @see https://fastapi.tiangolo.com/advanced/openapi-callbacks/
 */
export function canonicalize(key: string, declared: DeclaredNames): string {
  const expand = (source: string) =>
    expandShorthand(source, (name) => findParameter(name, declared))
  return key.startsWith('$')
    ? expand(key)
    : key.replace(BRACED, (_, source: string) => `{${expand(source)}}`)
}

function findParameter(name: string, declared: DeclaredNames): string {
  const [first, second] = NAMED_SOURCES.flatMap((source) => {
    const found = findDeclaredName(source, name, declared)
    return found === undefined ? [] : formatExpression({ root: 'request', source, name: found })
  })
  if (first && !second) return first
  if (!first) throw new ExpressionError('undeclared', `$${name}`)
  throw new ExpressionError(
    'ambiguous',
    `$${name}`,
    `is ambiguous; write '${first}' or '${second}'`,
  )
}
