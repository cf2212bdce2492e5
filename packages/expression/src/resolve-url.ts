import { absoluteUrl, MAX_LENGTH } from './absolute-url.ts'
import { stepsOf } from './compile.ts'
import type { EvaluateOptions } from './evaluate.ts'
import type { Exchange } from './exchange.ts'
import { type Failure, failure } from './failure.ts'
import type { Template } from './template.ts'

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
  const { source, isRelative, isCanonical } = template
  const { base } = options
  if (isRelative && base === undefined) return failure('not-absolute', source)

  let text = ''
  for (const step of stepsOf(template)) {
    const longer = step(text, exchange, options)
    if (typeof longer !== 'string') return longer
    text = longer
  }

  if (!isCanonical || text.length > MAX_LENGTH) {
    const url = absoluteUrl(text, (code) => failure(code, source), base)
    if (typeof url !== 'string') return url
    text = url
  }
  return { ok: true, url: text }
}
