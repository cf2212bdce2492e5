import type { Dispatcher } from 'undici/index.js'

// fetch allows no body with these
const BODILESS = new Set([101, 204, 205, 304])
const ENCODINGS: Readonly<Record<string, CompressionFormat>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
}

/** Makes the platform's Response of what undici received; its body is read from the socket as it is asked for. */
export function answerOf({ statusCode, headers, body }: Dispatcher.ResponseData): Response {
  const init = { status: statusCode, headers: headersOf(headers) }
  if (BODILESS.has(statusCode) || headers['content-length'] === '0') {
    body.resume() // so that the connection is free again
    return new Response(null, init)
  }
  const encoding = ENCODINGS[String(headers['content-encoding'] ?? '').toLowerCase()]
  const stream = streamOf(body)
  return new Response(
    encoding === undefined ? stream : stream.pipeThrough(new DecompressionStream(encoding)),
    init,
  )
}

function headersOf(received: Dispatcher.ResponseData['headers']): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(received)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) headers.append(name, one)
    }
  }
  return headers
}

/** Half as dear as `Readable.toWeb`, which is made for streams of any kind. */
function streamOf(body: Dispatcher.ResponseData['body']): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      start(controller) {
        body.on('data', (chunk: Uint8Array<ArrayBuffer>) => {
          controller.enqueue(new Uint8Array(chunk))
          if ((controller.desiredSize ?? 0) <= 0) body.pause()
        })
        body.once('end', () => controller.close())
        body.once('error', (error) => controller.error(error))
        body.pause()
      },
      pull: () => void body.resume(),
      cancel: () => void body.destroy(),
    },
    { highWaterMark: 0 },
  )
}
