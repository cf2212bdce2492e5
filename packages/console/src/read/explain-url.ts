import { type Exchange, evaluate, parseTemplate, type TemplatePart } from '@ringback/expression'
import type { InspectedDelivery } from '@ringback/sender'

/** A part of the URL of a delivery: text of the declaration, or an expression with its value. */
export interface UrlPart {
  readonly source: string
  readonly isExpression: boolean
  /** Where an expression stands: `url`, `host`, `path` and so on. */
  readonly position?: string
  /** Absent where it is not known. */
  readonly value?: string
  /** Why there is no value. */
  readonly problem?: string
}

/** The parts of a URL, and where their values come from. */
export interface ExplainedUrl {
  readonly parts: readonly UrlPart[]
  /** `exchange`: evaluated against the kept exchange; `url`: read back from the URL; `none`: not known. */
  readonly from: 'exchange' | 'url' | 'none'
}

/**
 * Explains what the URL of a delivery was made of. A kept exchange still has the values; otherwise they are read back from
 * the URL, in which data has no delimiters. `undefined` without a key, as for webhooks.
 */
export function explainUrl({
  key,
  url,
  exchange,
}: Pick<InspectedDelivery, 'key' | 'url' | 'exchange'>): ExplainedUrl | undefined {
  if (key === undefined) return undefined
  const { parts } = parseTemplate(key)
  if (exchange)
    return { parts: parts.map((part) => evaluatePart(part, exchange)), from: 'exchange' }
  const values = url === undefined ? undefined : readBack(parts, url)
  return {
    parts: parts.map((part, index) => withValue(part, values?.[index])),
    from: values ? 'url' : 'none',
  }
}

function evaluatePart(part: TemplatePart, exchange: Exchange): UrlPart {
  if (part.kind === 'literal') return withValue(part, part.text)
  const found = evaluate(part.expression, exchange)
  if (!found.ok) return { ...withValue(part, undefined), problem: found.message }
  const { value } = found
  return withValue(part, typeof value === 'string' ? value : JSON.stringify(value))
}

function withValue(part: TemplatePart, value: string | undefined): UrlPart {
  if (part.kind === 'literal') return { source: part.text, isExpression: false, value: part.text }
  const { source, position } = part
  return { source, isExpression: true, position, ...(value !== undefined && { value }) }
}

const DELIMITERS = { path: /[/?#]/, query: /[&#]/, host: /[/?#]/, label: /[./?#:]/, port: /\D/ }

/** Reads values back from a URL, from its end, in one pass; `undefined` where the parts do not fit it. */
function readBack(
  parts: readonly TemplatePart[],
  url: string,
): readonly (string | undefined)[] | undefined {
  const values: (string | undefined)[] = []
  let end = url.length
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const part = parts[index]
    if (part?.kind === 'literal') {
      if (!url.slice(0, end).endsWith(part.text)) return undefined
      end -= part.text.length
      values.unshift(part.text)
      continue
    }
    const before = parts[index - 1]
    // two values that meet cannot be told apart
    if (before?.kind === 'expression') return undefined
    const start = before === undefined ? 0 : url.lastIndexOf(before.text, end - before.text.length)
    if (start < 0) return undefined
    const value = url.slice(start + (before?.text.length ?? 0), end)
    const decoded = part && decode(value, part.position)
    if (decoded === undefined) return undefined
    values.unshift(decoded)
    end -= value.length
  }
  return end === 0 ? values : undefined
}

function decode(value: string, position: string): string | undefined {
  if (position === 'url' || position === 'scheme') return value
  if (value === '' || DELIMITERS[position as keyof typeof DELIMITERS]?.test(value)) return undefined
  try {
    return decodeURIComponent(value)
  } catch {
    return undefined
  }
}
