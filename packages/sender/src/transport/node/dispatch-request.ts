import type { Dispatcher } from 'undici/index.js'
import type { RequestSignal } from '../lean-fetch.ts'
import { type ChunkReader, createChunkReader } from './chunk-reader.ts'
import type { Origins } from './origins.ts'

/** An undici dispatcher, and the requests and sockets that it has. */
export interface Connections {
  readonly dispatcher: Dispatcher
  readonly origins: Origins
}

/** A request as undici's dispatchers take it, and the signal that ends it early. */
export interface NodeRequest {
  readonly method: string
  /** By name, or names and values by turns. Undici refuses invalid headers. */
  readonly headers: Record<string, string> | string[]
  readonly body: string | Uint8Array | null
  readonly signal: RequestSignal | null
}

/** A response whose body is read from the socket on demand. */
export interface NodeResponse {
  readonly status: number
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: AsyncIterableIterator<Uint8Array<ArrayBuffer>> | null
}

// fetch allows no body with these
const BODILESS = new Set([101, 204, 205, 304])

/**
 * Makes one request. It costs half of undici's own `request`, since it makes no stream until one is read; and the
 * signal ends it at once, even while its connection is being made.
 */
export function dispatchRequest(
  { dispatcher, origins }: Connections,
  url: URL,
  request: NodeRequest,
): Promise<NodeResponse> {
  const { method, headers, body, signal } = request
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    let controller: Dispatcher.DispatchController | undefined
    let reader: ChunkReader | undefined
    const { origin, pathname, search } = url
    const turn = origins.enter(origin)
    const fail = (error: unknown) => {
      turn.end()
      signal?.removeEventListener('abort', stop)
      reject(error)
      reader?.fail(error)
    }
    const stop = () => {
      const reason: unknown = (controller ? undefined : origins.blameOf(origin)) ?? signal?.reason
      controller?.abort(signal?.reason)
      fail(reason)
    }
    signal?.addEventListener('abort', stop)

    const parts = { origin, path: pathname + search, method, headers, body }
    // the types list the methods; any token is sent
    dispatcher.dispatch(parts as Dispatcher.DispatchOptions, {
      onRequestStart(started) {
        controller = started
        turn.start()
        if (signal?.aborted) started.abort(signal.reason)
      },
      onResponseStart(started, status, received) {
        if (status < 200) return
        const isEmpty = BODILESS.has(status) || received['content-length'] === '0'
        if (!isEmpty) reader = createChunkReader(started)
        resolve({ status, headers: received, body: reader?.chunks ?? null })
      },
      onResponseData: (_, chunk) => reader?.push(chunk),
      onResponseEnd() {
        turn.end()
        signal?.removeEventListener('abort', stop)
        reader?.end()
      },
      onResponseError: (_, error) => fail(nameContinue(error)),
    })
  })
}

/** Names the one response that undici takes for an error with no code of its own: it has no option to accept it. */
function nameContinue(error: Error & { readonly code?: string }): Error {
  if (error.code !== 'UND_ERR_SOCKET' || error.message !== 'bad response') return error
  const sentence = 'the receiver sent 100 Continue, which the request had not asked for'
  return Object.assign(new Error(sentence, { cause: error }), { code: 'UNEXPECTED_100_CONTINUE' })
}
