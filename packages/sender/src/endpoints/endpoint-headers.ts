import { SenderError } from '../errors.ts'
import { isRecord } from '../is-record.ts'

const MOST = 20
const LONGEST_VALUE = 4096
// those that callbacks cannot declare either, but credentials, which are sealed here
const OWN =
  /^(?:webhook-.*|idempotency-key|content-(?:type|length|encoding)|accept-encoding|user-agent|host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|expect)$/
// RFC 9110, 5.1
const NAME = /^[!#$%&'*+.^_`|~\da-z-]+$/
// visible ASCII, and spaces inside
const VALUE = /^[!-~](?:[ -~]*[!-~])?$/

/**
 * Checks the headers of an endpoint, and gives them with their names in lower case. A message names a header, never its
 * value.
 *
 * @throws {SenderError} with `endpoint`
 */
export function checkEndpointHeaders(headers: unknown): Readonly<Record<string, string>> {
  if (!isRecord(headers)) {
    refuse('headers', 'is no object: give the value of each header by its name')
  }
  const entries: [name: string, value: unknown][] = Object.entries(headers)
  if (entries.length > MOST) refuse('headers', `has more than ${MOST} members: give fewer`)
  const checked = new Map<string, string>()
  for (const [given, value] of entries) {
    const name = given.toLowerCase()
    const place = `headers[${JSON.stringify(given)}]`
    if (!NAME.test(name)) refuse('headers', 'has a name that is no header: use letters, digits, -')
    if (OWN.test(name)) {
      refuse(place, 'is set by the sender or the connection: leave it out, or use another name')
    }
    if (checked.has(name)) refuse(place, 'is there twice, since names have no case: give it once')
    if (typeof value !== 'string' || !VALUE.test(value)) {
      refuse(place, 'has a value that no header can have: give visible ASCII, with spaces inside')
    }
    if (value.length > LONGEST_VALUE) {
      refuse(place, `has a value of more than ${LONGEST_VALUE} characters: give a shorter one`)
    }
    checked.set(name, value)
  }
  return Object.fromEntries(checked)
}

function refuse(place: string, problem: string): never {
  throw new SenderError('endpoint', `${place} ${problem}`)
}
