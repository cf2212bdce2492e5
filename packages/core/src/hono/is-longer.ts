/** True if the text has more bytes of UTF-8 than the limit; one code unit takes up to three. */
export function isLonger(text: string, limit: number): boolean {
  if (text.length * 3 <= limit) return false
  return text.length > limit || new TextEncoder().encode(text).byteLength > limit
}
