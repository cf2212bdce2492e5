const LIMIT = 64 * 1024

/** The start of an answer's body, decoded. */
export interface AnswerBody {
  readonly text: string
  /** How many bytes were read. */
  readonly bytes: number
  /** Whether it was read whole, only up to our limit, or until the connection broke or the deadline passed. */
  readonly end: 'whole' | 'capped' | 'broken'
}

/** Reads at most 64 KiB of an answer and cancels the rest; a connection that breaks ends the reading, too. */
export async function readAnswer(
  stream: ReadableStream<Uint8Array> | null | undefined,
): Promise<AnswerBody> {
  if (!stream) return { text: '', bytes: 0, end: 'whole' }
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  let text = ''
  let bytes = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { text: text + decoder.decode(), bytes, end: 'whole' }
      const part = value.subarray(0, LIMIT - bytes)
      bytes += part.byteLength
      text += decoder.decode(part, { stream: true })
      if (part.byteLength < value.byteLength) {
        await reader.cancel()
        return { text, bytes, end: 'capped' }
      }
    }
  } catch {
    return { text, bytes, end: 'broken' } // the status has decided already
  }
}
