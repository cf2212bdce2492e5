import type { Attempt, RecordedResponse } from '../store/attempt.ts'
import type { ResponseHeaders } from '../transport/lean-fetch.ts'
import type { ResponseBody } from '../transport/read-response-body.ts'

/** Decides which part of a response is recorded; `undefined` records nothing. */
export type RedactResponse = (response: RecordedResponse) => RecordedResponse | undefined

const LONGEST_BODY = 1024
const LONGEST_HEADERS = 4096

const HIDDEN = '[credential]'

/** Decides what is recorded. */
export interface RecordOptions {
  readonly redact: RedactResponse
  /** Credentials that were sent, which a receiver may repeat. */
  readonly confidential?: readonly string[]
}

/** Makes the record of a response: its headers without cookies, and the start of its body. */
export function recordResponse(
  headers: ResponseHeaders,
  body: ResponseBody,
  { redact, confidential = [] }: RecordOptions,
): Pick<Attempt, 'bytes' | 'body' | 'response'> {
  const hide = (text: string) =>
    confidential.reduce((shown, value) => shown.replaceAll(value, HIDDEN), text)
  const kept: Record<string, string> = {}
  let room = LONGEST_HEADERS
  for (const [name, value] of headers) {
    room -= name.length + value.length
    if (room < 0) break
    if (name !== 'set-cookie') kept[name] = hide(value)
  }
  const response = redact({ headers: kept, body: hide(body.text).slice(0, LONGEST_BODY) })
  return {
    bytes: body.bytes,
    ...(body.end !== 'whole' && { body: body.end }),
    ...(response && { response }),
  }
}
