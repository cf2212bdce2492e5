import type { Dispatcher } from 'undici/index.js'

/** A body as it arrives, chunk by chunk. */
export interface ChunkReader {
  push(chunk: Uint8Array): void
  end(): void
  fail(error: unknown): void
  readonly chunks: AsyncIterableIterator<Uint8Array<ArrayBuffer>>
}

// beyond this, the socket waits until the chunks are read
const MOST_WAITING = 64 * 1024

/** Keeps chunks until they are read; leaving the iteration ends the request. */
export function createChunkReader(controller: Dispatcher.DispatchController): ChunkReader {
  const waiting: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  let state: 'open' | 'ended' | 'failed' = 'open'
  let failure: unknown
  let wake = () => {}
  const leave = (next: 'ended' | 'failed', error?: unknown) => {
    if (state !== 'open') return
    state = next
    failure = error
    wake()
  }

  return {
    push(chunk) {
      // undici reads into buffers of its own, which are never shared
      waiting.push(chunk as Uint8Array<ArrayBuffer>)
      size += chunk.byteLength
      if (size >= MOST_WAITING) controller.pause()
      wake()
    },
    end: () => leave('ended'),
    fail: (error) => leave('failed', error),
    chunks: {
      [Symbol.asyncIterator]() {
        return this
      },
      async next() {
        for (;;) {
          const value = waiting.shift()
          if (value !== undefined) {
            size -= value.byteLength
            return { done: false, value }
          }
          if (state === 'failed') throw failure
          if (state === 'ended') return { done: true, value }
          const more = new Promise<void>((resolve) => {
            wake = resolve
          })
          controller.resume()
          await more
        }
      },
      async return() {
        if (state === 'open') controller.abort(new DOMException('left unread', 'AbortError'))
        return { done: true, value: undefined }
      },
    },
  }
}
