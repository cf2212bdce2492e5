// an exponent of three digits, or very many digits: 1e400 would be Infinity, which JSON cannot send on
const MAY_OVERFLOW = /\d[eE]\+?\d{3}|(?:^|\D)\d{200}/

/** Whether JSON text can have a number that is Infinity once it is parsed; cheap, so that few texts are read twice. */
export function mayOverflow(text: string): boolean {
  return MAY_OVERFLOW.test(text)
}
