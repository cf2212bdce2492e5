import type { Exchange } from './exchange.ts'
import { headerLines } from './header.ts'
import type { ExpressionParts, Message } from './parse-expression.ts'
import { resolvePointer } from './pointer.ts'
import { queryOf } from './query.ts'

/**
 * Finds a value in an exchange; `undefined` when there is none. Several values of a query parameter, or
 * several lines of a header, are an array.
 *
 * @example
 * read({ root: 'request', source: 'query', name: 'tag' }, exchange) // ['a', 'b']
 */
export function read(
  { root, source, name = '', pointer }: ExpressionParts,
  exchange: Exchange,
): unknown {
  if (!source)
    return root === 'statusCode' ? exchange.response?.status : exchange.request[root as 'url']

  const message = exchange[root as Message]
  if (source === 'body') return resolvePointer(message?.body, pointer ?? [])
  // the grammar allows both, but a response has neither path nor query
  if (source === 'path') return resolvePointer(message, ['pathParams', name])
  const values =
    source === 'header'
      ? headerLines(message?.headers ?? {}, name)
      : root === 'request'
        ? queryOf(exchange.request.url).getAll(name)
        : []
  return values.length > 1 ? values : values[0]
}
