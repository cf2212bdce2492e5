/**
 * Escapes a name for a JSON Pointer.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901#section-3
 */
export function escapeSegment(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Reverses {@link escapeSegment}. */
export function unescapeSegment(segment: string): string {
  // ~1 first: '~01' is the name '~1'
  return segment.replaceAll('~1', '/').replaceAll('~0', '~')
}
