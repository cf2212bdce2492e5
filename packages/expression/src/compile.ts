import { absoluteUrl, MAX_LENGTH } from './absolute-url.ts'
import { isDeclared } from './declared.ts'
import { encodeValue } from './encode.ts'
import type { ExpressionErrorCode } from './errors.ts'
import type { Exchange } from './exchange.ts'
import { type Failure, failure } from './failure.ts'
import type { Position } from './place.ts'
import { plainUrlReader } from './plain-url.ts'
import { read } from './read.ts'
import type { ResolveUrlOptions } from './resolve-url.ts'
import type { Template, TemplatePart } from './template.ts'

/** Continues the text of a URL. */
export type Step = (
  text: string,
  exchange: Exchange,
  options: ResolveUrlOptions,
) => string | Failure

/** Positions where a value is kept raw, since only a few characters can stand there. */
const RAW: Partial<Record<Position, RegExp>> = {
  scheme: /^https?$/i,
  host: /^(?:[^\s\p{Cc}\\/?#@:%[\]]+|\[[\da-f:.]+\])(?::\d{1,5})?$/iu,
  label: /^(?!-)[a-z\d-]{1,63}(?<!-)$/i,
  port: /^\d{1,5}$/,
}
const DOT_SEGMENT = /^(?:\.|%2e){1,2}$/i

const COMPILED = new WeakMap<Template, readonly Step[]>()

/** Compiles a template at its first use: it stays plain data, and what is compiled goes with it. */
export function stepsOf(template: Template): readonly Step[] {
  let steps = COMPILED.get(template)
  if (!steps) {
    steps = template.parts.map(stepOf)
    COMPILED.set(template, steps)
  }
  return steps
}

function stepOf(part: TemplatePart): Step {
  if (part.kind === 'literal') return (text) => text + part.text

  const { source, expression, position, tail } = part
  const refuse = (code: ExpressionErrorCode) => failure(code, source)
  const raw = RAW[position]
  const isUrl = position === 'url'
  const isQuery = 'name' in expression && expression.source === 'query'
  const readPlain =
    isUrl && isQuery && expression.root === 'request' ? plainUrlReader(expression.name) : undefined

  return (text, exchange, { declared, base }) => {
    if (declared && !isDeclared(expression, declared)) return refuse('undeclared')
    const plain = readPlain?.(exchange.request.url)
    if (plain) return plain

    const found = read(expression, exchange)
    if (found == null) return refuse('missing') // null as well, as RFC 6570 has it
    const isList = Array.isArray(found) && 'name' in expression
    // who repeats a parameter must not choose the target; as data, a header's list is one text
    if (isList && (isUrl || raw || isQuery)) return refuse('multi-value')
    if (typeof found !== 'string' && (isUrl || !(isList || isExact(found)))) return refuse('type')
    const value = isList ? found.join(', ') : String(found)

    if (isUrl) {
      const url = absoluteUrl(value, refuse, base)
      if (typeof url !== 'string' || !tail) return url
      if (value.includes('#')) return refuse('base-has-fragment')
      if (tail !== '&' && url.includes('?')) return refuse('base-has-query')
      return tail === '/' && url.endsWith('/') ? url.slice(0, -1) : url
    }
    if (raw && !raw.test(value)) {
      return refuse(position === 'scheme' ? 'unsafe-scheme' : 'unsafe-host')
    }

    const written = raw ? value : encodeValue(value)
    const longer = text + written
    // bounds the work as well: no text grows further than this
    if (longer.length > MAX_LENGTH) return refuse('too-long')
    if (position !== 'segment' && tail === undefined) return longer

    const segment = tail === undefined ? written : longer.slice(longer.lastIndexOf('/') + 1) + tail
    if (!segment) return refuse('empty')
    return segment.length < 7 && DOT_SEGMENT.test(segment) ? refuse('dot-segment') : longer
  }
}

/** Whether the JSON text of a scalar is what it was: a number past 2^53 has lost digits. */
function isExact(value: unknown): boolean {
  if (typeof value !== 'number') return typeof value === 'boolean'
  return Number.isSafeInteger(value) || Boolean(value % 1)
}
