import type { HeaderFields } from './exchange.ts'

const SENSITIVE = /^(?:(?:proxy-)?authorization|(?:set-)?cookie)$/i

/** Says whether a header carries the caller's credentials, or gives new ones. */
export function isSensitiveHeader(name: string): boolean {
  return SENSITIVE.test(name)
}

/**
 * Lists the lines of one header field, named in lower case; the record may use any case.
 *
 * @example
 * linesOfHeader({ 'X-Tag': ['a', 'b'] }, 'x-tag') // ['a', 'b']
 */
export function linesOfHeader(headers: HeaderFields, name: string): readonly string[] {
  return Object.keys(headers)
    .filter((key) => key.toLowerCase() === name)
    .flatMap((key) => headers[key] ?? [])
}
