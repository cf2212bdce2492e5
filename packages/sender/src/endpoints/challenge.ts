import { sign } from '@ringback/signing'
import type { Clock } from '../clock.ts'
import { SenderError } from '../errors.ts'
import type { LeanFetch, LeanResponse } from '../transport/lean-fetch.ts'
import { type ResponseBody, readResponseBody } from '../transport/read-response-body.ts'

/** Where a challenge goes, and with what. */
export interface ChallengeTarget {
  readonly url: string
  /** Newest first. */
  readonly secrets: readonly string[]
  /** The headers of the endpoint. */
  readonly headers: Readonly<Record<string, string>>
}

/** How a challenge is sent: the sender's own guarded transport. */
export interface ChallengeTransport {
  readonly send: LeanFetch
  readonly clock: Clock
  /** Milliseconds for connect, headers and body together. */
  readonly deadline: number
}

/** The `type` of a challenge's body. */
export const CHALLENGE_TYPE = 'ringback.challenge'

/**
 * Sends a signed POST of `{ "type": "ringback.challenge", "challenge": … }`, and resolves if the response is 2xx and
 * repeats the challenge, as text or as the member `challenge` of JSON. So nobody can have webhooks sent to a server that
 * does not expect them.
 *
 * @throws {SenderError} with `url`
 * @see https://docs.slack.dev/reference/events/url_verification
 */
export async function challenge(
  target: ChallengeTarget,
  transport: ChallengeTransport,
): Promise<void> {
  const { send, clock, deadline } = transport
  const value = crypto.randomUUID()
  const body = new TextEncoder().encode(JSON.stringify({ type: CHALLENGE_TYPE, challenge: value }))
  const id = `msg_${crypto.randomUUID()}`
  const timestamp = Math.floor(clock.now() / 1000)
  const signed = await sign({ id, timestamp, body, secrets: target.secrets })
  const headers = {
    ...target.headers,
    ...signed,
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'Ringback',
    'idempotency-key': id,
  }
  const aborted = new AbortController()
  const cancelTimeout = clock.after(deadline, () => aborted.abort())
  let response: LeanResponse
  let read: ResponseBody
  try {
    response = await send(target.url, { method: 'POST', headers, body, signal: aborted.signal })
    read = await readResponseBody(response.body, response.undecoded)
  } catch (cause) {
    // not why: it would tell strangers what stands at internal addresses
    throw unanswered('it could not be reached, or gave no response in time', cause)
  } finally {
    cancelTimeout()
  }
  const { status } = response
  if (status < 200 || status > 299) throw unanswered(`it responded ${status}`)
  if (read.end !== 'whole' || !repeats(read.text, value)) {
    throw unanswered('its response does not contain the challenge')
  }
}

function repeats(text: string, value: string): boolean {
  if (text.trim() === value) return true
  try {
    const parsed: unknown = JSON.parse(text)
    return (
      typeof parsed === 'object' && parsed !== null && Reflect.get(parsed, 'challenge') === value
    )
  } catch {
    return false
  }
}

function unanswered(problem: string, cause?: unknown): SenderError {
  return new SenderError(
    'url',
    `url did not answer the challenge: ${problem}. It must respond to the POST with 2xx and the value of the member challenge`,
    { cause },
  )
}
