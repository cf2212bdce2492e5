/**
 * Writes one token of a JSON Pointer, with its slash: `a/b` becomes `/a~1b`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901#section-3
 */
export function pointerToken(name: PropertyKey): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
}
