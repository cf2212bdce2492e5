import type { HeaderFields } from './exchange.ts'

/** Fields, and expressions that read one, that carry the caller's credentials or give new ones. */
export const SENSITIVE: RegExp =
  /^(?:\$\w+\.header\.)?(?:(?:proxy-)?authorization|(?:set-)?cookie)$/i

/**
 * Lists the lines of one header field, named in lower case; the record may use any case.
 *
 * @example
 * headerLines({ 'X-Tag': ['a', 'b'] }, 'x-tag') // ['a', 'b']
 */
export function headerLines(headers: HeaderFields, name: string): readonly string[] {
  return Object.keys(headers)
    .filter((key) => key.toLowerCase() === name)
    .flatMap((key) => headers[key] ?? [])
}
