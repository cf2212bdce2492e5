const LIMIT = 64 * 1024

/** The start of a response's body, decoded. */
export interface ResponseBody {
  readonly text: string
  /** How many bytes were read. */
  readonly bytes: number
  /** Read whole, only up to the limit, or until the connection broke or the deadline passed. */
  readonly end: 'whole' | 'capped' | 'broken'
  /** The content-encoding that was not decoded; the text is empty then. */
  readonly undecoded?: string
}

const NOTHING: ResponseBody = { text: '', bytes: 0, end: 'whole' }

/** Reads at most 64 KiB of a body and cancels the rest; a broken connection ends the reading as well. */
export async function readResponseBody(
  stream: AsyncIterable<Uint8Array> | null,
  undecoded?: string,
): Promise<ResponseBody> {
  if (stream === null) return NOTHING
  const body = await read(stream)
  return undecoded === undefined ? body : { ...body, text: '', undecoded }
}

async function read(stream: AsyncIterable<Uint8Array>): Promise<ResponseBody> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  try {
    for await (const chunk of stream) {
      const part = chunk.subarray(0, LIMIT - bytes)
      bytes += part.byteLength
      text += decoder.decode(part, { stream: true })
      // leaving the loop cancels the stream
      if (part.byteLength < chunk.byteLength) return { text, bytes, end: 'capped' }
    }
    return { text: text + decoder.decode(), bytes, end: 'whole' }
  } catch {
    return { text, bytes, end: 'broken' } // the status has already decided
  }
}
