import { absoluteUrl } from './absolute-url.ts'
import { isDeclared } from './declared.ts'
import { encodeValue } from './encode-value.ts'
import type { ExpressionErrorCode } from './errors.ts'
import type { Exchange } from './exchange.ts'
import { type Failure, failure } from './failure.ts'
import type { TemplatePart } from './parse-template.ts'
import { plainUrlReader } from './plain-url.ts'
import { type Position, segmentOf } from './position.ts'
import { read } from './read-value.ts'
import type { ResolveUrlOptions } from './resolve-url.ts'

/** Continues the text of a URL. */
export type Step = (
  text: string,
  exchange: Exchange,
  options: ResolveUrlOptions,
) => string | Failure

/** Positions where a value is kept raw, since only a few characters can stand there. */
const PATTERNS: Partial<Record<Position, RegExp>> = {
  scheme: /^https?$/i,
  host: /^[^\s\p{Cc}\\/?#@%]+$/u,
  label: /^(?!-)[a-z\d-]{1,63}(?<!-)$/i,
  port: /^\d+$/,
}
const DOT_SEGMENT = /^(?:\.|%2e){1,2}$/i

/** Compiles what a part of a template adds to a URL. */
export function stepOf(part: TemplatePart): Step {
  if (part.kind === 'literal') return (text) => text + part.text

  const { source, expression, position, after } = part
  const refuse = (code: ExpressionErrorCode) => failure(code, source)
  const pattern = PATTERNS[position]
  const isUrl = position === 'url'
  const readPlain = isUrl ? plainUrlReader(source) : undefined

  return (text, exchange, { declared, base }) => {
    if (declared && !isDeclared(expression, declared)) return refuse('undeclared')
    const plain = readPlain?.(exchange.request.url)
    if (plain) return plain

    let found = read(expression, exchange)
    if (found == null) return refuse('missing') // null as well, as RFC 6570 has it
    if (Array.isArray(found) && 'name' in expression) {
      // who repeats a parameter must not choose the target; as data, a header's list is one text
      if (isUrl || pattern || expression.source === 'query') return refuse('multi-value')
      found = found.join(', ')
    }
    if (typeof found !== 'string') {
      // a number past 2^53 has lost digits
      const isExact = typeof found !== 'object' && Math.abs(Number(found)) < 2 ** 53
      if (isUrl || !isExact) return refuse('type')
    }
    const value = String(found)

    if (isUrl) {
      const url = absoluteUrl(value, refuse, base)
      if (typeof url !== 'string' || !after) return url
      if (value.includes('#')) return refuse('base-has-fragment')
      if (after[0] !== '&' && url.includes('?')) return refuse('base-has-query')
      return after[0] === '/' && url.endsWith('/') ? url.slice(0, -1) : url
    }
    if (pattern) {
      if (pattern.test(value)) return text + value
      return refuse(position === 'scheme' ? 'unsafe-scheme' : 'unsafe-host')
    }
    const longer = text + encodeValue(value)
    if (position === 'path' && value.length < 3) {
      const segment = segmentOf(longer, after)
      if (!segment) return refuse('empty')
      if (DOT_SEGMENT.test(segment)) return refuse('dot-segment')
    }
    return longer
  }
}
