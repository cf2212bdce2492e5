import { canonicalize, ExpressionError, parseTemplate, type Template } from '@ringback/expression'
import { CoreError } from '../definition/errors.ts'
import { suggestNearest } from '../definition/nearest.ts'
import type { Declarations } from './declarations.ts'

/**
 * Parses a key, and rewrites it into the form of the specification.
 *
 * @throws {CoreError} with `expression`, naming the reader's place
 */
export function parseKey(key: string, { request }: Declarations, place: string): Template {
  const { path } = request
  const query = request.query?.names ?? []
  const header = request.header?.names ?? []
  try {
    return parseTemplate(canonicalize(key, { path, query, header }))
  } catch (cause) {
    if (!(cause instanceof ExpressionError)) throw cause
    // FastAPI's shorthand: `$` and a parameter's name
    const name = cause.expression.slice(1)
    const sentence =
      cause.code === 'undeclared'
        ? `no parameter '${name}' is declared${suggestNearest(name, [...path, ...query, ...header])}`
        : cause.message
    throw new CoreError('expression', `${place}: ${sentence}`, { cause })
  }
}
