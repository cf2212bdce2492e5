import type { Exchange, ExchangeResponse } from './exchange.ts'
import { headerLines, isSensitive } from './header.ts'
import { pickBody } from './pick-body.ts'
import { resolvePointer } from './pointer.ts'
import { pruneQuery } from './query.ts'
import type { MessageReads, Reads } from './reads.ts'

/**
 * Makes an exchange of only what is read, to be stored: what reads it finds the same values there.
 *
 * The query keeps only the parameters that are read, unless `$url` is. Authorization,
 * Proxy-Authorization, Cookie and Set-Cookie are never kept. Nothing is shared with the original.
 *
 * @example
 * const exchange = {
 *   request: { method: 'POST', url: 'https://api.example.com/', pathParams: {}, headers: {}, body: { id: 7, pin: 1 } },
 * }
 * capture(exchange, readsOf(parseTemplate('https://ops.example.com/{$request.body#/id}'))).request.body
 * // { id: 7 }
 */
export function capture({ request, response }: Exchange, reads: Reads): Exchange {
  const { method, url, pathParams } = request
  const { path, query } = reads.request
  const isAnswered = reads.statusCode || reads.response.header.length + reads.response.body.length
  return {
    request: {
      method,
      url: reads.url ? url : pruneQuery(url, query),
      pathParams: pick(path, (name) => resolvePointer(pathParams, [name]) as string),
      ...captureMessage(request, reads.request),
    },
    ...(response &&
      isAnswered && {
        response: { status: response.status, ...captureMessage(response, reads.response) },
      }),
  }
}

function captureMessage(
  { headers, body }: Pick<ExchangeResponse, 'headers' | 'body'>,
  { header, body: pointers }: MessageReads,
) {
  return {
    headers: pick(
      header.map((name) => name.toLowerCase()),
      (name) => {
        const lines = isSensitive(name) ? [] : headerLines(headers, name)
        return lines.length > 1 ? lines : lines[0]
      },
    ),
    ...pickBody(body, pointers),
  }
}

/** A record of the names that have a value. */
function pick<TValue>(
  names: readonly string[],
  valueFor: (name: string) => TValue | undefined,
): Record<string, TValue> {
  // entries, since assigning a member named `__proto__` would set the prototype
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = valueFor(name)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}
