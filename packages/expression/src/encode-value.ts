const UNRESERVED = /^[\w.~-]*$/

/**
 * Encodes a value so that it stays data wherever it stands in a path or a query: everything but
 * unreserved characters, in UTF-8. A lone surrogate becomes U+FFFD.
 *
 * @example
 * encodeValue("a/b c'") // 'a%2Fb%20c%27'
 *
 * @see https://www.rfc-editor.org/rfc/rfc6570#section-3.2.2
 */
export function encodeValue(value: string): string {
  if (UNRESERVED.test(value)) return value

  const encoded = encodeURIComponent(value.toWellFormed())
  // looking first takes a third of the time of replacing nothing
  return /[!'()*]/.test(encoded)
    ? encoded.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    : encoded
}
