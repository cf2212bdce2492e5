/** Work that may be aborted by `stop`, and that calls `free` once its request has ended. */
export type Work<TResult> = (stop: AbortSignal, free: () => void) => Promise<TResult>

/** The work in flight: requests, and the recording of their outcomes. */
export interface InFlight {
  /** How many requests are being made now; work beyond them is being recorded. */
  readonly requests: number
  /** Aborted by `abort`, until `reset`. */
  readonly signal: AbortSignal
  track<TResult>(work: Work<TResult>): Promise<TResult>
  /** Resolves when any of the work has ended. */
  waitForOne(): Promise<void>
  /** Resolves when all of the work has ended. */
  waitForAll(): Promise<void>
  abort(): void
  /** Lets new work begin after an abort. */
  reset(): void
}

/** Tracks work; `onFree` is called when there is room for another request. */
export function createInFlight(onFree: () => void): InFlight {
  const running = new Set<Promise<unknown>>()
  let requests = 0
  let aborted = new AbortController()
  return {
    get requests() {
      return requests
    },
    get signal() {
      return aborted.signal
    },
    track(work) {
      let isRequesting = true
      requests += 1
      const free = () => {
        if (!isRequesting) return
        isRequesting = false
        requests -= 1
        onFree()
      }
      const result = work(aborted.signal, free)
      const end = () => {
        free()
        running.delete(result)
        onFree()
      }
      running.add(result)
      result.then(end, end) // a failure is reported to the caller of `track`
      return result
    },
    async waitForOne() {
      await Promise.race(running).catch(() => {}) // as above
    },
    async waitForAll() {
      while (running.size > 0) await Promise.allSettled(running)
    },
    abort: () => aborted.abort(),
    reset() {
      aborted = new AbortController()
    },
  }
}
