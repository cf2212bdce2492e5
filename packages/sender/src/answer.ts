const LIMIT = 64 * 1024

/** The start of an answer's body, decoded. */
export interface AnswerBody {
  readonly text: string
  /** There was more than we read, or the connection broke in the middle. */
  readonly truncated: boolean
}

/** Reads at most 64 KiB of an answer and cancels the rest; a connection that breaks ends the reading, too. */
export async function readAnswer(
  stream: ReadableStream<Uint8Array> | null | undefined,
): Promise<AnswerBody> {
  if (!stream) return { text: '', truncated: false }
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  let text = ''
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { text: text + decoder.decode(), truncated: false }
      const room = LIMIT - size
      size += value.byteLength
      text += decoder.decode(value.subarray(0, room), { stream: true })
      if (size > LIMIT) {
        await reader.cancel()
        return { text, truncated: true }
      }
    }
  } catch {
    return { text, truncated: true } // the status has decided already
  }
}
