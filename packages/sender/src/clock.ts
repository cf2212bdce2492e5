/** The time, passed as an argument so that tests can control it. Milliseconds throughout. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Calls `wake` once after a delay; returns a function that cancels it. */
  after(delay: number, wake: () => void): () => void
}

// setTimeout fires longer delays at once
const LONGEST = 2 ** 31 - 1

/** The clock of the system. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, wake) {
    const timer = setTimeout(wake, Math.min(Math.max(delay, 0), LONGEST))
    return () => clearTimeout(timer)
  },
}

/** Calls once after a delay, as `systemClock` does, unless the process has nothing else to do and ends before. */
export function afterUnlessIdle(delay: number, wake: () => void): () => void {
  const timer: unknown = setTimeout(wake, Math.min(delay, LONGEST))
  // only Node, Deno and Bun give an object, and only there does a timer keep a process alive
  ;(timer as { unref?(): void }).unref?.()
  return () => clearTimeout(timer as ReturnType<typeof setTimeout>)
}
