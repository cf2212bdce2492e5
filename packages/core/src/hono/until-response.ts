import type { Exchange } from '@ringback/expression'
import { CoreError } from '../definition/errors.ts'
import { EVENT_STREAM, essenceOf, isJson } from '../definition/media-type.ts'
import { readBytes } from './read-bytes.ts'

type ReadResponse = NonNullable<Exchange['response']>

/** What of one request waits for its answer. */
export interface UntilResponse {
  /** Something to do once the answer is there: the sending of a callback by its name, or the keeping of the exchange. */
  add(callback: string | undefined, act: (answered: ReadResponse) => Promise<void>): void
  /** Lets the handler answer, does all of it, in its order, and gives the answer. */
  release(give: () => Response | Promise<Response>): Promise<Response>
}

export interface UntilResponseOptions {
  /** The operation, as messages name it. */
  readonly place: string
  /** Whether anything reads the body of the answer. */
  readonly needsBody: boolean
  /** The longest body that is read, in bytes. */
  readonly limit: number
}

/**
 * Holds what reads the answer of one request until its handler has given it. Where the handler throws, it is
 * dropped.
 *
 * @throws {CoreError} with `response-unavailable` where there is none to read: it is streamed, too long, or was given before
 */
export function untilResponse({ place, needsBody, limit }: UntilResponseOptions): UntilResponse {
  const waiting: ((answered: ReadResponse) => Promise<void>)[] = []
  let isAnswered = false
  const wrong = (sentence: string) => new CoreError('response-unavailable', `${place}: ${sentence}`)

  /** Its bytes, where it is of a type that an expression can read. */
  const bytesOf = async ({ body, headers }: Response) => {
    const type = typeOf(headers)
    if (body === null || !(isJson(type) || type.startsWith('text/'))) return undefined
    const bytes = await readBytes(body, limit)
    if (bytes !== undefined) return bytes
    throw wrong(
      `a callback's URL reads the answer, which has more than ${limit} bytes: answer with less, or raise bodyLimit`,
    )
  }

  return {
    add(callback, act) {
      if (isAnswered) {
        const what = callback === undefined ? 'exchange.keep(…)' : `callbacks.${callback}.send(…)`
        throw wrong(`${what} waits for the answer, which has been given: await it before`)
      }
      waiting.push(act)
    },

    async release(give) {
      let response: Response
      try {
        response = await give()
      } finally {
        isAnswered = true
      }
      if (waiting.length === 0) return response
      if (isStreamed(response)) {
        await response.body?.cancel()
        throw wrong(
          "a callback's URL reads the answer, which is streamed: its end is not known when it is released; answer at once, or let the URL read the request",
        )
      }
      const bytes = needsBody ? await bytesOf(response) : undefined
      const answered = {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        ...(bytes && { body: readValue(bytes, typeOf(response.headers)) }),
      }
      for (const act of waiting) await act(answered)
      // its body can be read only once
      return bytes ? new Response(bytes, response) : response
    },
  }
}

function typeOf(headers: Headers): string {
  return essenceOf(headers.get('content-type') ?? '')
}

function readValue(bytes: Uint8Array, type: string): unknown {
  const text = new TextDecoder().decode(bytes)
  if (!isJson(type)) return text
  try {
    return JSON.parse(text)
  } catch {
    return undefined // it has no members
  }
}

/** As far as its headers tell. */
function isStreamed({ headers }: Response): boolean {
  return typeOf(headers) === EVENT_STREAM || headers.has('transfer-encoding')
}
