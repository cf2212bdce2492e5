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

  try {
    const encoded = encodeURIComponent(value)
    return /[!'()*]/.test(encoded) ? encoded.replace(/[!'()*]/g, percentEncode) : encoded
  } catch {
    return encodeValue(value.replace(/\p{Cs}/gu, '\uFFFD'))
  }
}

function percentEncode(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`
}
