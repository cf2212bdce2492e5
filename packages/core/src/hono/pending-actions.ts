import type { Exchange } from '@ringback/expression'
import { CoreError } from '../definition/errors.ts'
import { EVENT_STREAM, essenceOf, isJson } from '../definition/media-type.ts'
import { readBytes } from './read-bytes.ts'

/** Something to do once the response exists: to send a callback, or to keep the exchange. */
export type PendingAction = (response: NonNullable<Exchange['response']>) => Promise<void>

/** The actions of one request that wait for its response. */
export interface PendingActions {
  /** Adds an action; `caller` names the code that adds it in messages: `exchange.keep(…)`. */
  add(caller: string, action: PendingAction): void
  /** Runs the handler, then the actions in their order, and returns the response. */
  release(respond: () => Response | Promise<Response>): Promise<Response>
}

export interface PendingActionsOptions {
  /** The name of the operation in messages. */
  readonly place: string
  /** True if an action reads the body of the response. */
  readonly needsBody: boolean
  /** The maximum size of a body to read, in bytes. */
  readonly limit: number
}

/**
 * Holds the actions of one request until its handler has responded. If the handler throws, they are dropped.
 *
 * @throws {CoreError} with `response-unavailable` for a response that is streamed or too long, and for an action that
 *   is added after the response
 */
export function createPendingActions({
  place,
  needsBody,
  limit,
}: PendingActionsOptions): PendingActions {
  const waiting: PendingAction[] = []
  let hasResponded = false
  const unavailable = (sentence: string) =>
    new CoreError('response-unavailable', `${place}: ${sentence}`)

  /** The bytes of a body whose media type expressions can read. */
  const bytesOf = async ({ body, headers }: Response) => {
    const type = typeOf(headers)
    if (body === null || !(isJson(type) || type.startsWith('text/'))) return undefined
    const bytes = await readBytes(body, limit)
    if (bytes !== undefined) return bytes
    throw unavailable(
      `the URL of a callback reads the response, which has more than ${limit} bytes; shorten it, or raise bodyLimit`,
    )
  }

  return {
    add(caller, action) {
      if (hasResponded) {
        throw unavailable(`${caller} was called after the response; await it in the handler`)
      }
      waiting.push(action)
    },

    async release(respond) {
      let response: Response
      try {
        response = await respond()
      } finally {
        hasResponded = true
      }
      if (waiting.length === 0) return response
      if (isStreamed(response)) {
        await response.body?.cancel()
        throw unavailable(
          'the URL of a callback reads the response, which is streamed and has no end yet; respond without a stream, or let the URL read the request',
        )
      }
      const bytes = needsBody ? await bytesOf(response) : undefined
      const captured = {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        ...(bytes && { body: parseBody(bytes, typeOf(response.headers)) }),
      }
      for (const action of waiting) await action(captured)
      // a body can be read only once
      return bytes ? new Response(bytes, response) : response
    },
  }
}

function typeOf(headers: Headers): string {
  return essenceOf(headers.get('content-type') ?? '')
}

function parseBody(bytes: Uint8Array, type: string): unknown {
  const text = new TextDecoder().decode(bytes)
  if (!isJson(type)) return text
  try {
    return JSON.parse(text)
  } catch {
    return undefined // without members
  }
}

/** True if the headers say that the response is streamed. */
function isStreamed({ headers }: Response): boolean {
  return typeOf(headers) === EVENT_STREAM || headers.has('transfer-encoding')
}
