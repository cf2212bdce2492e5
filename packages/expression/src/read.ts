import type { Exchange } from './exchange.ts'
import { headerLines } from './header.ts'
import type { Expression } from './parse.ts'
import { resolvePointer } from './pointer.ts'
import { queryValues } from './query.ts'

/** Finds a value in an exchange; `undefined` when there is none. */
export type Read = (exchange: Exchange) => unknown

/**
 * Compiles the reading of an expression. Several values of a query parameter, or several lines of a
 * header, are an array.
 *
 * @example
 * readerOf({ root: 'request', source: 'query', name: 'tag' })(exchange) // ['a', 'b']
 */
export function readerOf(expression: Expression): Read {
  if (!('source' in expression)) {
    const { root } = expression
    return ({ request, response }) => (root === 'statusCode' ? response?.status : request[root])
  }
  const { root, source } = expression
  if (source === 'body') {
    const pointer = expression.pointer ?? []
    return (exchange) => resolvePointer(exchange[root]?.body, pointer)
  }

  const { name } = expression
  if (source === 'header') {
    return (exchange) => unwrap(headerLines(exchange[root]?.headers ?? {}, name))
  }
  // the grammar allows both, but a response has neither path nor query
  if (root === 'response') return () => undefined
  return source === 'path'
    ? ({ request }) => resolvePointer(request.pathParams, [name])
    : ({ request }) => unwrap(queryValues(request.url, name))
}

function unwrap(values: readonly string[]): string | readonly string[] | undefined {
  return values.length > 1 ? values : values[0]
}
