import type { LeanResponse } from '../lean-fetch.ts'
import type { NodeResponse } from './dispatch-request.ts'

const ENCODINGS: Readonly<Record<string, CompressionFormat>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
}

const IDENTITY = /^(?:identity)?$/i

/** Makes the platform's Response of what undici received; its body is read from the socket on demand. */
export function toResponse(response: NodeResponse): Response {
  const { status } = response
  return new Response(streamOf(response), { status, headers: headersOf(response) })
}

/** Makes the response that an attempt reads, without a Response, which costs more than the request. */
export function toLeanResponse(response: NodeResponse): LeanResponse {
  const headers = new Map<string, string>()
  for (const [name, value] of Object.entries(response.headers)) {
    headers.set(name, Array.isArray(value) ? value.join(', ') : (value ?? ''))
  }
  const { status } = response
  if (encodingOf(response) !== undefined) return { status, headers, body: streamOf(response) }
  const encoding = headers.get('content-encoding') ?? ''
  const undecoded = IDENTITY.test(encoding) ? undefined : encoding
  return { status, headers, body: response.body, undecoded }
}

function headersOf({ headers: received }: NodeResponse): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(received)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) headers.append(name, one)
    }
  }
  return headers
}

function encodingOf({ headers }: NodeResponse): CompressionFormat | undefined {
  return ENCODINGS[String(headers['content-encoding'] ?? '').toLowerCase()]
}

function streamOf(response: NodeResponse): ReadableStream<Uint8Array<ArrayBuffer>> | null {
  const { body } = response
  if (body === null) return null
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await body.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => void (await body.return?.()),
    },
    { highWaterMark: 0 },
  )
  const encoding = encodingOf(response)
  return encoding === undefined ? stream : stream.pipeThrough(new DecompressionStream(encoding))
}
