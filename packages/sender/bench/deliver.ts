import { sign } from '@ringback/signing'
import { adaptFetch } from '../src/transport/adapt-fetch.ts'
import { type GuardedFetchOptions, guardedFetch } from '../src/transport/node/index.ts'
import { readResponseBody } from '../src/transport/read-response-body.ts'

/** A message that another queue has stored. */
export interface Message {
  readonly id: string
  readonly url: string
  readonly body: string
}

const DEADLINE = 15_000

/**
 * Makes the function with which another queue sends: the transport of the sender, with its egress guard and its limit
 * for responses, so that what is compared is the queues.
 */
export function createDeliver(
  secret: string,
  options: GuardedFetchOptions,
): (message: Message) => Promise<void> {
  const send = adaptFetch(guardedFetch(options))
  return async ({ id, url, body: text }) => {
    const body = new TextEncoder().encode(text)
    const timestamp = Math.floor(Date.now() / 1000)
    const signature = await sign({ id, timestamp, body, secrets: [secret] })
    const headers = { 'content-type': 'application/json', 'idempotency-key': id, ...signature }
    const signal = AbortSignal.timeout(DEADLINE)
    const response = await send(url, { method: 'POST', headers, body, signal })
    await readResponseBody(response.body, response.undecoded)
    if (response.status >= 300) throw new Error(`the response is ${response.status}`)
  }
}
