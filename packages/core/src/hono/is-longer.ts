/** Whether the text has more bytes than the limit; one unit of it has 1 to 3. */
export function isLonger(text: string, limit: number): boolean {
  if (text.length * 3 <= limit) return false
  return text.length > limit || new TextEncoder().encode(text).byteLength > limit
}
