import type { ResponseHeaders } from '../transport/lean-fetch.ts'
import type { ResponseBody } from '../transport/response-body.ts'

/** Why an attempt did not deliver. */
export type AttemptReason =
  | 'status' // answered with another status than a 2xx
  | 'redirect' // answered with a 3xx, which is never followed
  | 'declaration' // answered with a 2xx whose body breaks the declaration: delivered all the same
  | 'timeout' // the deadline passed
  | 'network' // no connection, or a broken one
  | 'tls' // a certificate that does not hold, or no TLS
  | 'blocked' // the egress policy refused the address
  | 'proxy' // the egress proxy failed, which is not the endpoint's fault
  | 'shutdown' // the sender was stopped in the middle
  | 'internal' // the request could not be made at all

/** What a receiver said, as far as it is kept. */
export interface LoggedResponse {
  readonly headers: Readonly<Record<string, string>>
  /** Its first 1024 characters. */
  readonly body: string
}

/** One HTTP request of a delivery: written once, never changed. Times are milliseconds. */
export interface Attempt {
  readonly startedAt: number
  readonly duration: number
  /** Present when the receiver answered. */
  readonly status?: number
  readonly reason?: AttemptReason
  /** For the operator: why it failed. */
  readonly detail?: string
  /** How many bytes of the answer's body were read. */
  readonly bytes?: number
  /** How the body ended, unless it was read whole: at our limit, or with the connection. */
  readonly body?: 'capped' | 'broken'
  readonly response?: LoggedResponse
  /** Its lease was lost meanwhile: it may have been sent by somebody else as well. */
  readonly isOrphan?: true
}

/** Decides what of an answer is kept; `undefined` keeps nothing. */
export type Redact = (response: LoggedResponse) => LoggedResponse | undefined

const LONGEST_BODY = 1024
const LONGEST_HEADERS = 4096

/** The record of an answer: its headers, but for cookies, and the start of its body. */
export function logResponse(
  headers: ResponseHeaders,
  body: ResponseBody,
  redact: Redact,
): Pick<Attempt, 'bytes' | 'body' | 'response'> {
  const kept: Record<string, string> = {}
  let room = LONGEST_HEADERS
  for (const [name, value] of headers) {
    room -= name.length + value.length
    if (room < 0) break
    if (name !== 'set-cookie') kept[name] = value
  }
  const response = redact({ headers: kept, body: body.text.slice(0, LONGEST_BODY) })
  return {
    bytes: body.bytes,
    ...(body.end !== 'whole' && { body: body.end }),
    ...(response && { response }),
  }
}
