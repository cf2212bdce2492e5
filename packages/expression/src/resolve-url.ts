import type { EvaluateOptions } from './evaluate.ts'
import type { Exchange } from './exchange.ts'
import { type Failure, failure } from './failure.ts'
import { read } from './read.ts'
import { MAX_LENGTH, serializeUrl } from './serialize-url.ts'
import type { Template } from './template.ts'
import { writeSegment, writeValue } from './write-value.ts'

/** An absolute http or https URL, or why there is none. */
export type UrlResolution = { readonly ok: true; readonly url: string } | Failure

export interface ResolveUrlOptions extends EvaluateOptions {
  /** Resolves relative URLs. Without it they are `not-absolute`. */
  readonly base?: string
}

/**
 * Builds a template's URL from the values of an exchange. Never throws.
 *
 * A value at the start is the whole URL, kept raw; elsewhere a value is data, and is encoded. The
 * URL is as the URL parser writes it, without user name, control characters and fragment.
 *
 * @example
 * const exchange = {
 *   request: { method: 'POST', url: 'https://api.example.com/', pathParams: {}, headers: {}, body: { id: 7 } },
 * }
 * resolveUrl(parseTemplate('https://ops.example.com/{$request.body#/id}'), exchange)
 * // { ok: true, url: 'https://ops.example.com/7' }
 */
export function resolveUrl(
  template: Template,
  exchange: Exchange,
  options: ResolveUrlOptions = {},
): UrlResolution {
  const { source, parts, isRelative, isCanonical } = template
  const { declared, base } = options
  if (isRelative && base === undefined) return failure('not-absolute', source)

  let text = ''
  for (const part of parts) {
    if (part.kind === 'literal') {
      text += part.text
      continue
    }

    const reading = read(part.expression, exchange, declared)
    const written = 'code' in reading ? reading : writeValue(reading, part, base)
    if (typeof written !== 'string') return failure(written.code, part.source)
    text += written

    // bounds the work as well: no text grows further than this
    if (text.length > MAX_LENGTH) return failure('too-long', part.source)
    if (part.position !== 'path' || part.tail === undefined) continue
    const segment = writeSegment(text.slice(text.lastIndexOf('/') + 1) + part.tail)
    if (typeof segment !== 'string') return failure(segment.code, part.source)
  }

  if (isCanonical && text.length <= MAX_LENGTH) return { ok: true, url: text }
  const url = serializeUrl(text, isRelative ? base : undefined)
  return typeof url === 'string' ? { ok: true, url } : failure(url.code, source)
}
