/** The most fields of a form. The parsers of some platforms take a time that grows with the square of their number. */
export const MAX_FIELDS = 1_000

/** The most bytes of the headers of one part of a multipart form. */
const MAX_PART_HEADERS = 16_384

const BOUNDARY = /boundary\s*=\s*(?:"([^"]*)"|([^\s;]*))/gi

/** True if the text of a form, `a=1&b=2`, has more fields than a form may have. */
export function hasTooManyFields(text: string): boolean {
  let fields = 1
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    fields++
    if (fields > MAX_FIELDS) return true
  }
  return false
}

/**
 * True if a multipart form has more parts than a form may have, before it is parsed.
 *
 * @throws {TypeError} if the headers of a part are too long, or the boundary is ambiguous
 *
 * @see https://www.rfc-editor.org/rfc/rfc2046.html#section-5.1.1
 */
export function hasTooManyParts(bytes: ArrayBuffer, contentType: string): boolean {
  const [[, quoted, bare] = [], another] = contentType.matchAll(BOUNDARY)
  // the parser of the platform may choose the other one
  if (another) throw new TypeError('the content-type has two boundaries')
  const delimiter = `--${quoted ?? bare ?? ''}`
  // one character for each byte
  const text = new TextDecoder('latin1').decode(bytes)
  let parts = 0
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at)) {
    at += delimiter.length
    if (text.startsWith('--', at)) return false
    parts++
    if (parts > MAX_FIELDS) return true
    const end = text.indexOf('\r\n\r\n', at)
    if ((end < 0 ? text.length : end) - at > MAX_PART_HEADERS) {
      throw new TypeError('the headers of a part are too long')
    }
  }
  return false
}
