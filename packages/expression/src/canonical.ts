import { type Declared, declaredName } from './declared.ts'
import { ExpressionError } from './errors.ts'
import { formatExpression } from './parse.ts'
import { formatPointer } from './pointer.ts'

/** FastAPI's ways to write a member of a body, and a parameter: what has no other meaning. */
const SHORTHAND =
  /^\$(?:(request|response)\.body\.(.+)|(?!(?:url|method|statuscode)$|re(?:quest|sponse)(?:\.|$))([^{]+))$/is
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
  const write = (source: string) => canonicalExpression(source, declared)
  return key.startsWith('$') ? write(key) : key.replace(/(?<=\{)[^{}]*(?=\})/g, write)
}

function canonicalExpression(source: string, declared: Declared): string {
  const [, message, path = '', text] = SHORTHAND.exec(source) ?? []
  if (message) return `$${message.toLowerCase()}.body#${formatPointer(path.split('.'))}`
  if (text === undefined) return source

  const name = text.trimEnd()
  const found = PLACES.flatMap((place) => {
    const one = declaredName(place, name, declared)
    return one === undefined ? [] : formatExpression({ root: 'request', source: place, name: one })
  })
  const [only] = found
  if (only === undefined) throw new ExpressionError('undeclared', `$${name}`)
  if (found.length > 1) {
    throw new ExpressionError(
      'ambiguous',
      `$${name}`,
      `is declared in two places: write '${found.join("' or '")}'`,
    )
  }
  return only
}
