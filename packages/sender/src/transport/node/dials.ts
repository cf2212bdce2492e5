/** The requests that wait for a connection, by origin, and the signals that end connecting when none does. */
export interface Dials {
  /** Counts a request that may wait; the function returned, called once or more, says that it does no longer. */
  wait(origin: string): () => void
  /** Aborts when the last request that waits for this origin has left. */
  signalOf(origin: string): AbortSignal
  /** Says what the requests to this origin wait for, which is why they fail if they are aborted meanwhile. */
  blame(origin: string, error: Error | undefined): void
  blameOf(origin: string): Error | undefined
}

interface Waiting {
  count: number
  controller?: AbortController
  blame?: Error | undefined
}

/**
 * Makes an empty list. Undici knows no signal for a connection: without this, one to a receiver that never accepts
 * would go on for minutes after its request was aborted, and would be dialled again.
 */
export function createDials(): Dials {
  const waiting = new Map<string, Waiting>()
  return {
    wait(origin) {
      const entry = waiting.get(origin) ?? { count: 0 }
      waiting.set(origin, entry)
      entry.count += 1
      let waits = true
      return () => {
        if (!waits) return
        waits = false
        entry.count -= 1
        if (entry.count > 0) return
        waiting.delete(origin)
        entry.controller?.abort()
      }
    },
    signalOf(origin) {
      const entry = waiting.get(origin)
      if (entry === undefined) return AbortSignal.abort()
      entry.controller ??= new AbortController()
      return entry.controller.signal
    },
    blame(origin, error) {
      const entry = waiting.get(origin)
      if (entry !== undefined) entry.blame = error
    },
    blameOf: (origin) => waiting.get(origin)?.blame,
  }
}
