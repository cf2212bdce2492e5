import type { HeaderFields } from './exchange.ts'

/** Fields that carry the caller's credentials, or give new ones. */
const SENSITIVE = /^(?:(?:proxy-)?authorization|(?:set-)?cookie)$/

/** Whether a field, named in lower case, must neither be stored nor put into a URL. */
export function isSensitive(name: string): boolean {
  return SENSITIVE.test(name)
}

/**
 * Lists the lines of one header field, named in lower case; the record may use any case.
 *
 * @example
 * headerLines({ 'X-Tag': ['a', 'b'] }, 'x-tag') // ['a', 'b']
 */
export function headerLines(headers: HeaderFields, name: string): readonly string[] {
  return Object.keys(headers)
    .filter((key) => key.length === name.length && key.toLowerCase() === name)
    .flatMap((key) => headers[key] ?? [])
}
