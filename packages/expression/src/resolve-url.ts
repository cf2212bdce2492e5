import { absoluteUrl } from './absolute-url.ts'
import { type Step, stepOf } from './compile-step.ts'
import type { ExpressionErrorCode } from './errors.ts'
import type { EvaluateOptions } from './evaluate.ts'
import type { Exchange } from './exchange.ts'
import { type Failure, failure } from './failure.ts'
import type { Template } from './parse-template.ts'
import { MAX_LENGTH } from './plain-url.ts'

/** An absolute http or https URL, or why there is none. */
export type UrlResolution = { readonly ok: true; readonly url: string } | Failure

export interface ResolveUrlOptions extends EvaluateOptions {
  /** Resolves relative URLs. Without it they are `not-absolute`. */
  readonly base?: string
}

/** A template is compiled at its first use: it stays plain data, and what is compiled goes with it. */
const COMPILED = new WeakMap<Template, readonly Step[]>()

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
  const { source, parts, isCanonical } = template
  const refuse = (code: ExpressionErrorCode) => failure(code, source)
  let steps = COMPILED.get(template)
  if (!steps) {
    steps = parts.map(stepOf)
    COMPILED.set(template, steps)
  }

  let text: string | Failure = ''
  for (const step of steps) {
    text = step(text, exchange, options)
    if (typeof text !== 'string') return text
    // bounds the work as well: no text grows further than this
    if (text.length > MAX_LENGTH) return refuse('too-long')
  }
  const url = isCanonical ? text : absoluteUrl(text, refuse, options.base)
  return typeof url === 'string' ? { ok: true, url } : url
}
