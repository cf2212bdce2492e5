/**
 * Decodes padded standard base64; gives `undefined` for any other spelling.
 *
 * @example
 * decodeBase64('aGk=') // Uint8Array [104, 105]
 * decodeBase64('aGk') // undefined
 *
 * @see https://www.rfc-editor.org/rfc/rfc4648#section-4
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  let binary: string
  try {
    binary = atob(text)
  } catch {
    return undefined
  }
  // atob ignores spaces, absent padding and stray low bits; one value must have one spelling
  if (btoa(binary) !== text) return undefined

  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = binary.charCodeAt(index)
  return bytes
}

/**
 * Encodes a few bytes, such as a signature, as padded standard base64.
 *
 * @example
 * encodeBase64(new Uint8Array([104, 105])) // 'aGk='
 */
export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
