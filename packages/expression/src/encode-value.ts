const UNRESERVED = /^[\w.~-]*$/

/**
 * Percent-encodes everything in a value but unreserved characters, in UTF-8, so that it stays data anywhere in
 * a path or a query. The value has no lone surrogate.
 *
 * @example
 * encodeValue("a/b c'") // 'a%2Fb%20c%27'
 *
 * @see https://www.rfc-editor.org/rfc/rfc6570#section-3.2.2
 */
export function encodeValue(value: string): string {
  if (UNRESERVED.test(value)) return value

  const encoded = encodeURIComponent(value)
  // a test takes a third of the time of a replacement that finds nothing
  return /[!'()*]/.test(encoded)
    ? encoded.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    : encoded
}
