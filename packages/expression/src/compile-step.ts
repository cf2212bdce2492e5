import { isDeclared } from './declared.ts'
import { encodeValue } from './encode-value.ts'
import type { ExpressionErrorCode } from './errors.ts'
import type { Exchange } from './exchange.ts'
import { makeFailure, type Refuse, type ResolutionFailure } from './failure.ts'
import { normalizeUrl } from './normalize-url.ts'
import type { ExpressionPart, TemplatePart } from './parse-template.ts'
import { compilePlainUrlReader } from './plain-url.ts'
import { segmentOf, type UrlPosition } from './position.ts'
import { readValue } from './read-value.ts'
import type { ResolveUrlOptions } from './resolve-url.ts'

/** Continues the text of a URL. */
export type Step = (
  text: string,
  exchange: Exchange,
  options: ResolveUrlOptions,
) => string | ResolutionFailure

/** Continues the text of a URL with a value. */
type Append = (text: string, value: string, base: string | undefined) => string | ResolutionFailure

type RefuseStep = Refuse<ResolutionFailure>

/** Positions where a value is kept raw, since only a few characters can stand there. */
const PATTERNS: Partial<Record<UrlPosition, RegExp>> = {
  scheme: /^https?$/i,
  host: /^[^\s\p{Cc}\\/?#@%]+$/u,
  label: /^(?!-)[a-z\d-]{1,63}(?<!-)$/i,
  port: /^\d+$/,
}
const DOT_SEGMENT = /^(?:\.|%2e){1,2}$/i

/** Compiles the step that adds a part of a template, the one with this index, to a URL. */
export function compileStep(part: TemplatePart, index: number): Step {
  if (part.kind === 'literal') return compileLiteral(part.text, index)

  const { source, expression, position } = part
  const refuse = (code: ExpressionErrorCode) => makeFailure(code, source)
  const append = compileAppend(part, refuse)
  const readPlainUrl = position === 'url' ? compilePlainUrlReader(source) : undefined

  return (text, exchange, { declared, base }) => {
    if (declared && !isDeclared(expression, declared)) return refuse('undeclared')
    const plainUrl = readPlainUrl?.(exchange.request.url)
    if (plainUrl) return plainUrl

    const value = toText(readValue(expression, exchange), part, refuse)
    return typeof value === 'string' ? append(text, value, base) : value
  }
}

function compileLiteral(literal: string, index: number): Step {
  // only a whole URL can stand before this one, and may have a query of its own
  if (index !== 1 || !literal.startsWith('?')) return (text) => text + literal
  return (text) => {
    if (!text.includes('?')) return text + literal
    return text + (/[?&]$/.test(text) ? '' : '&') + literal.slice(1)
  }
}

/** Writes a value as text, if one of its type may stand in the position. */
function toText(
  value: unknown,
  { expression, position }: ExpressionPart,
  refuse: RefuseStep,
): string | ResolutionFailure {
  if (typeof value === 'string') return checkText(value, refuse)
  // null as well, as in RFC 6570
  if (value === undefined || value === null) return refuse('missing')
  if (Array.isArray(value) && 'name' in expression) {
    // a repeated parameter must not choose the target; as data, the lines of a header are one text
    const isTarget = position !== 'path' && position !== 'query'
    return isTarget || expression.source === 'query'
      ? refuse('multi-value')
      : checkText(value.join(', '), refuse)
  }
  // a number past 2^53 has lost digits
  const isExact = typeof value !== 'object' && Math.abs(Number(value)) < 2 ** 53
  return isExact && position !== 'url' ? String(value) : refuse('type')
}

/** A lone surrogate has no UTF-8, and another character in its place would be another value. */
function checkText(text: string, refuse: RefuseStep): string | ResolutionFailure {
  return text.isWellFormed() ? text : refuse('unsafe-char')
}

function compileAppend({ position, after }: ExpressionPart, refuse: RefuseStep): Append {
  if (position === 'url') return compileUrlAppend(after, refuse)

  const pattern = PATTERNS[position]
  if (pattern) {
    return (text, value) => {
      if (pattern.test(value)) return text + value
      return refuse(position === 'scheme' ? 'unsafe-scheme' : 'unsafe-host')
    }
  }
  return (text, value) => {
    const longer = text + encodeValue(value)
    // only a short value can leave a segment empty, or make it one of dots
    if (position === 'path' && value.length < 3) {
      const segment = segmentOf(longer, after)
      if (!segment) return refuse('empty')
      if (DOT_SEGMENT.test(segment)) return refuse('dot-segment')
    }
    return longer
  }
}

/** For the whole URL at the start, whose end has to fit the text after it. */
function compileUrlAppend(after: string, refuse: RefuseStep): Append {
  return (_, value, base) => {
    const url = normalizeUrl(value, refuse, base)
    if (typeof url !== 'string' || !after) return url
    if (value.includes('#')) return refuse('base-has-fragment')
    if (after.startsWith('/') && url.includes('?')) return refuse('base-has-query')
    return after.startsWith('/') && url.endsWith('/') ? url.slice(0, -1) : url
  }
}
