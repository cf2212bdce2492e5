import { compileStep, type Step } from './compile-step.ts'
import type { ExpressionErrorCode } from './errors.ts'
import type { EvaluateOptions } from './evaluate.ts'
import type { Exchange } from './exchange.ts'
import { makeFailure, type ResolutionFailure } from './failure.ts'
import { MAX_URL_LENGTH, normalizeUrl } from './normalize-url.ts'
import type { Template } from './parse-template.ts'

/** An absolute http or https URL, or the reason why there is none. */
export type UrlResolution = { readonly ok: true; readonly url: string } | ResolutionFailure

/** Options of `resolveUrl`. */
export interface ResolveUrlOptions extends EvaluateOptions {
  /** Resolves relative URLs. Without it they are `not-absolute`. */
  readonly base?: string
}

/** The steps of each template, compiled at its first use: templates stay plain data. */
const COMPILED = new WeakMap<Template, readonly Step[]>()

/**
 * Builds a template's URL from the values of an exchange. Never throws.
 *
 * A value at the start is the whole URL, kept raw; elsewhere a value is data, and is encoded. The
 * URL is in the URL parser's spelling, without user name, control characters and fragment.
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
  const { source, parts, isCanonical } = template
  const refuse = (code: ExpressionErrorCode) => makeFailure(code, source)
  let steps = COMPILED.get(template)
  if (!steps) {
    steps = parts.map(compileStep)
    COMPILED.set(template, steps)
  }

  let text: string | ResolutionFailure = ''
  for (const step of steps) {
    text = step(text, exchange, options)
    if (typeof text !== 'string') return text
    // bounds the work as well: no text grows further than this
    if (text.length > MAX_URL_LENGTH) return refuse('too-long')
  }
  const url = isCanonical ? text : normalizeUrl(text, refuse, options.base)
  return typeof url === 'string' ? { ok: true, url } : url
}
