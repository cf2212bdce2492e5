import type { Exchange } from './exchange.ts'
import { linesOfHeader } from './header.ts'
import type { Expression } from './parse-expression.ts'
import { resolvePointer } from './pointer.ts'
import { queryOf } from './query.ts'

/**
 * Reads the value of an expression from an exchange; `undefined` if there is none. Several values of a
 * query parameter, or several lines of a header, are an array.
 *
 * @example
 * readValue({ root: 'request', source: 'query', name: 'tag' }, exchange) // ['a', 'b']
 */
export function readValue(expression: Expression, { request, response }: Exchange): unknown {
  if (!('source' in expression)) {
    return expression.root === 'statusCode' ? response?.status : request[expression.root]
  }

  const isRequest = expression.root === 'request'
  const message = isRequest ? request : response
  if (expression.source === 'body') return resolvePointer(message?.body, expression.pointer ?? [])
  const { source, name } = expression
  if (source === 'header') return unwrapOne(linesOfHeader(message?.headers ?? {}, name))
  // the grammar allows both for a response, which has neither
  if (!isRequest) return undefined
  return source === 'path'
    ? resolvePointer(request, ['pathParams', name])
    : unwrapOne(queryOf(request.url).getAll(name))
}

function unwrapOne(values: readonly string[]): string | readonly string[] | undefined {
  return values.length > 1 ? values : values[0]
}
