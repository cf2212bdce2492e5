import { SigningError } from './errors.ts'

/** A request's headers: a `Headers`, or a record such as Node's `request.headers`. */
export type HeadersInput =
  | Headers
  | Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * Reads the single value of a header; `name` is in lower case.
 *
 * @example
 * readHeader({ 'Webhook-Id': 'msg_1' }, 'webhook-id') // 'msg_1'
 *
 * @throws {SigningError} with `missing-header`, or `malformed-header` if it is there twice
 */
export function readHeader(headers: HeadersInput, name: string): string {
  const values = isHeaders(headers) ? [headers.get(name) ?? []].flat() : listValues(headers, name)
  const [value] = values

  if (values.length === 0) {
    throw new SigningError('missing-header', `There is no ${name} header; the sender must add it.`)
  }
  if (values.length > 1 || typeof value !== 'string') {
    throw new SigningError(
      'malformed-header',
      `${name} has no single value; send it once, as text.`,
    )
  }
  return value
}

// by method, not by class: a Headers may come from another realm or a polyfill
function isHeaders(headers: HeadersInput): headers is Headers {
  return typeof headers?.get === 'function'
}

function listValues(headers: Exclude<HeadersInput, Headers>, name: string): readonly string[] {
  return Object.keys(headers ?? {})
    .filter((key) => key.length === name.length && key.toLowerCase() === name)
    .flatMap((key) => headers[key] ?? [])
}
