/**
 * Tells work to end early. A plain object: workerd lets no request touch the AbortSignal of another, and a sender serves
 * them all.
 */
export interface Stop {
  readonly isStopped: boolean
  /** Calls a listener when the work is to end; returns how to unsubscribe. */
  onStop(listener: () => void): () => void
}

/** Makes a stop, which is told by `stop`. */
export function createStop(): Stop & { stop(): void } {
  const listeners = new Set<() => void>()
  let isStopped = false
  return {
    get isStopped() {
      return isStopped
    },
    onStop(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      isStopped = true
      for (const listener of listeners) listener()
      listeners.clear()
    },
  }
}

/** Gives a stop that also follows a signal. */
export function withSignal(stop: Stop, signal: AbortSignal): Stop {
  return {
    get isStopped() {
      return stop.isStopped || signal.aborted
    },
    onStop(listener) {
      const unsubscribe = stop.onStop(listener)
      signal.addEventListener('abort', listener)
      return () => {
        unsubscribe()
        signal.removeEventListener('abort', listener)
      }
    },
  }
}
