import type { Exchange, ExchangeRequest, ExchangeResponse } from './exchange.ts'
import { isSensitiveHeader, linesOfHeader } from './header.ts'
import { pickMembers } from './pick-members.ts'
import { pruneQuery } from './query.ts'
import type { MessageReads, Reads } from './reads.ts'

/**
 * Copies the parts of an exchange that are read, to be stored: the reader finds the same values there.
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
  const { method, url } = request
  const isResponseRead = reads.statusCode || Object.values(reads.response).flat().length > 0
  return {
    request: {
      method,
      url: reads.url ? url : pruneQuery(url, reads.request.query),
      pathParams: {},
      ...captureMessage(request, reads.request),
    },
    ...(response &&
      isResponseRead && {
        response: { status: response.status, ...captureMessage(response, reads.response) },
      }),
  }
}

function captureMessage(
  message: ExchangeRequest | ExchangeResponse,
  { path, header, body }: MessageReads,
): Pick<ExchangeResponse, 'headers' | 'body'> {
  const names = header.filter((name) => !isSensitiveHeader(name))
  return {
    headers: Object.fromEntries(names.map((name) => [name, linesOfHeader(message.headers, name)])),
    ...pickMembers({ ...message }, [
      ...path.map((name) => ['pathParams', name]),
      ...body.map((pointer) => ['body', ...pointer]),
    ]),
  }
}
