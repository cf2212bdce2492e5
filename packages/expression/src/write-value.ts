import { absoluteUrl } from './absolute-url.ts'
import { encodeValue } from './encode.ts'
import type { Refusal } from './failure.ts'
import type { Place } from './place.ts'
import type { Reading } from './read.ts'

/** Positions where a value is kept raw, since only a few characters can stand there. */
const RAW = {
  scheme: /^https?$/i,
  host: /^(?:[^\s\p{Cc}\\/?#@:%[\]]+|\[[\da-f:.]+\])(?::\d{1,5})?$/iu,
  label: /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i,
  port: /^\d{1,5}$/,
}

/**
 * Writes a value as its place in the URL requires, or refuses it.
 *
 * @example
 * writeValue({ value: 'a/b' }, { position: 'query' }) // 'a%2Fb'
 * writeValue({ value: '..' }, { position: 'segment' }) // { code: 'dot-segment' }
 */
export function writeValue(reading: Reading, place: Place, base?: string): string | Refusal {
  const { value, isRepeated } = reading
  const { position } = place
  // who repeats a parameter must not choose the target; as data, a header's list is one text
  if (isRepeated && (typeof value !== 'string' || position === 'url' || position in RAW)) {
    return { code: 'multi-value' }
  }
  if (value === null) return { code: 'missing' } // as RFC 6570 has it

  const text = toText(value)
  if (text === undefined || (position === 'url' && text !== value)) return { code: 'type' }
  switch (position) {
    case 'url':
      return writeUrl(text, place, base)
    case 'segment':
      return writeSegment(encodeValue(text))
    case 'path':
    case 'query':
      return encodeValue(text)
    default:
      if (RAW[position].test(text)) return text
      return { code: position === 'scheme' ? 'unsafe-scheme' : 'unsafe-host' }
  }
}

/** Refuses the encoded text of a whole path segment that would address something else. */
export function writeSegment(text: string): string | Refusal {
  if (text === '') return { code: 'empty' }
  return /^(?:\.|%2e){1,2}$/i.test(text) ? { code: 'dot-segment' } : text
}

/** Writes a whole URL so that the text after it can be appended as it stands. */
function writeUrl(text: string, { tail }: Place, base?: string): string | Refusal {
  const url = absoluteUrl(text, base)
  if (typeof url !== 'string' || !tail) return url
  if (text.includes('#')) return { code: 'base-has-fragment' }
  if (url.includes('?') && tail !== '&') return { code: 'base-has-query' }
  return tail === '/' && url.endsWith('/') ? url.slice(0, -1) : url
}

/** The JSON text of a scalar; nothing for a number whose digits are already lost. */
function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  const isExact =
    typeof value === 'boolean' ||
    (typeof value === 'number' &&
      (Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)))
  return isExact ? String(value) : undefined
}
