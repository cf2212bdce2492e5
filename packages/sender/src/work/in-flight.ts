import { createStop, type Stop } from './stop.ts'

/** Work that may be aborted by `stop`, and that calls `free` once its request has ended. */
export type Work<TResult> = (stop: Stop, free: () => void) => Promise<TResult>

/** The work in flight: requests, and the recording of their outcomes. */
export interface InFlight {
  /** How many requests are being made now; work beyond them is being recorded. */
  readonly requests: number
  /** For how many owners requests are being made now. */
  readonly owners: number
  /** Told by `abort`, until `reset`. */
  readonly stop: Stop
  /** How many requests are being made for one owner. */
  requestsOf(owner: string): number
  track<TResult>(owner: string, work: Work<TResult>): Promise<TResult>
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
  const byOwner = new Map<string, number>()
  let requests = 0
  let stopping = createStop()
  const requestsOf = (owner: string) => byOwner.get(owner) ?? 0

  return {
    get requests() {
      return requests
    },
    get owners() {
      return byOwner.size
    },
    get stop() {
      return stopping
    },
    requestsOf,
    track(owner, work) {
      let isRequesting = true
      requests += 1
      byOwner.set(owner, requestsOf(owner) + 1)
      const free = () => {
        if (!isRequesting) return
        isRequesting = false
        requests -= 1
        const left = requestsOf(owner) - 1
        if (left > 0) byOwner.set(owner, left)
        else byOwner.delete(owner)
        onFree()
      }
      const result = work(stopping, free)
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
    abort: () => stopping.stop(),
    reset() {
      stopping = createStop()
    },
  }
}
