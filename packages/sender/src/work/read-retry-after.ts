import type { ResponseHeaders } from '../transport/lean-fetch.ts'

const SECONDS = /^\d{1,10}$/
const IMF_FIXDATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * Reads `Retry-After` as milliseconds from now. A date counts from the response's own `Date` where there is one,
 * since the receiver's clock may be wrong. Anything else, and a date in the past, is ignored.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-10.2.3
 */
export function readRetryAfter(headers: ResponseHeaders, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (value === undefined) return undefined
  if (SECONDS.test(value)) return Number(value) * 1000
  if (!IMF_FIXDATE.test(value)) return undefined

  const date = headers.get('date') ?? ''
  const from = IMF_FIXDATE.test(date) ? Date.parse(date) : now
  const delay = Date.parse(value) - from
  return delay > 0 ? delay : undefined
}
