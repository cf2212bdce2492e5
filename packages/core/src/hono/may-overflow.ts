// an exponent of three digits, or a text of many digits: 1e400 would be Infinity, which JSON cannot send on
const EXPONENT = /\d[eE]\+?\d{3}/
// text in quotes, such as an id in hexadecimal, has no number that begins so
const NUMBER = /(?:^|[:[,\s])-?\d[\d.]*[eE]\+?\d{3}/
const MANY = 100
const MANY_DIGITS = /\d{100}/y

/** True if JSON text may have a number that is Infinity once it is parsed; in time that grows with its length. */
export function mayOverflow(text: string): boolean {
  return (EXPONENT.test(text) && NUMBER.test(text)) || hasManyDigits(text)
}

/** True for each text with 200 digits in a row: those are found in steps, of which one is all digits. */
function hasManyDigits(text: string): boolean {
  for (let at = 0; at + MANY <= text.length; at += MANY) {
    const code = text.charCodeAt(at)
    if (code < 0x30 || code > 0x39) continue
    MANY_DIGITS.lastIndex = at
    if (MANY_DIGITS.test(text)) return true
  }
  return false
}
