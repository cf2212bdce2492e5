import type { LeanAnswer } from '../lean-fetch.ts'
import type { NodeAnswer } from './send-request.ts'

const ENCODINGS: Readonly<Record<string, CompressionFormat>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
}

/** Makes the platform's Response of what undici received; its body is read from the socket as it is asked for. */
export function answerOf(answer: NodeAnswer): Response {
  const { status } = answer
  return new Response(streamOf(answer), { status, headers: headersOf(answer) })
}

/** The same as little more than what undici received, where nobody needs a Response, which costs more than that. */
export function leanAnswerOf(answer: NodeAnswer): LeanAnswer {
  const headers = new Map<string, string>()
  for (const [name, value] of Object.entries(answer.headers)) {
    headers.set(name, Array.isArray(value) ? value.join(', ') : (value ?? ''))
  }
  const body = encodingOf(answer) === undefined ? answer.body : streamOf(answer)
  return { status: answer.status, headers, body }
}

function headersOf({ headers: received }: NodeAnswer): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(received)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) headers.append(name, one)
    }
  }
  return headers
}

function encodingOf({ headers }: NodeAnswer): CompressionFormat | undefined {
  return ENCODINGS[String(headers['content-encoding'] ?? '').toLowerCase()]
}

function streamOf(answer: NodeAnswer): ReadableStream<Uint8Array<ArrayBuffer>> | null {
  const { body } = answer
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
  const encoding = encodingOf(answer)
  return encoding === undefined ? stream : stream.pipeThrough(new DecompressionStream(encoding))
}
