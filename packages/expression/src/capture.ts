import type { Exchange, ExchangeResponse, HeaderFields } from './exchange.ts'
import { headerLines, isSensitive } from './header.ts'
import { pickBody } from './pick-body.ts'
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
export function capture(exchange: Exchange, reads: Reads): Exchange {
  const { method, url, pathParams, headers, body } = exchange.request
  const request = {
    method,
    url: reads.url ? url : pruneQuery(url, reads.request.query),
    pathParams: pickParams(pathParams, reads.request.path),
    headers: pickHeaders(headers, reads.request.header),
    ...captureBody(body, reads.request),
  }
  const response = exchange.response && captureResponse(exchange.response, reads)
  return response ? { request, response } : { request }
}

function captureResponse(response: ExchangeResponse, reads: Reads): ExchangeResponse | undefined {
  const { header, body } = reads.response
  if (!reads.statusCode && header.length === 0 && body.length === 0) return undefined

  return {
    status: response.status,
    headers: pickHeaders(response.headers, header),
    ...captureBody(response.body, reads.response),
  }
}

function captureBody(body: unknown, reads: MessageReads): { readonly body?: unknown } {
  const picked = pickBody(body, reads.body)
  return picked === undefined ? {} : { body: picked }
}

function pickParams(params: Readonly<Record<string, string>>, names: readonly string[]) {
  // entries, since assigning a member named `__proto__` would set the prototype
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(params, name)).map((name) => [name, params[name] ?? '']),
  )
}

function pickHeaders(headers: HeaderFields, names: readonly string[]): HeaderFields {
  const picked = new Map<string, string | string[]>()
  for (const name of names.map((one) => one.toLowerCase())) {
    const [first, ...others] = isSensitive(name) ? [] : headerLines(headers, name)
    if (first !== undefined) picked.set(name, others.length > 0 ? [first, ...others] : first)
  }
  return Object.fromEntries(picked)
}
