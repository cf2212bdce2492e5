import type { ResponseHeaders } from '../transport/lean-fetch.ts'

const SECONDS = /^\d{1,10}$/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const TIME = String.raw`(?<time>(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60))`
const FORMS = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) ${TIME} GMT`,
  // Sunday, 06-Nov-94 08:49:37 GMT
  String.raw`(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) ${TIME} GMT`,
  // Sun Nov  6 08:49:37 1994
  String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) ${TIME} (?<year>\d{4})`,
].map((form) => new RegExp(`^${form}$`))

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

  const date = parseHttpDate(value, now)
  if (date === undefined) return undefined
  const delay = date - (parseHttpDate(headers.get('date') ?? '', now) ?? now)
  return delay > 0 ? delay : undefined
}

/**
 * Reads a date in any of the three forms that a recipient must accept.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-5.6.7
 */
function parseHttpDate(text: string, now: number): number | undefined {
  const fields = FORMS.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined)
  if (fields === undefined) return undefined
  const { day = '', month = '', year = '', time = '' } = fields
  const [hours, minutes, seconds] = time.split(':').map(Number)
  const at = (fullYear: number) =>
    Date.UTC(fullYear, MONTHS.indexOf(month), Number(day), hours, minutes, seconds)

  const thisYear = new Date(now).getUTCFullYear()
  let fullYear = Number(year)
  if (year.length === 2) {
    // more than 50 years ahead means the century before
    fullYear += Math.floor(thisYear / 100) * 100
    if (fullYear > thisYear + 50) fullYear -= 100
  }
  const date = new Date(at(fullYear))
  // a day such as 31 Feb, or a month that does not exist, would end in another month
  const isReal = MONTHS[date.getUTCMonth()] === month && date.getUTCDate() === Number(day)
  return isReal ? date.getTime() : undefined
}
