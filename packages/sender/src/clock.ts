/** Time, as an argument: tests pass a virtual one. Milliseconds throughout. */
export interface Clock {
  /** Since the Unix epoch. */
  now(): number
  /** Calls `wake` once after a delay; gives the function that cancels it. */
  after(delay: number, wake: () => void): () => void
}

// the longest delay that setTimeout takes; longer ones would fire at once
const LONGEST = 2 ** 31 - 1

/** The system's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, wake) {
    const timer = setTimeout(wake, Math.min(Math.max(delay, 0), LONGEST))
    return () => clearTimeout(timer)
  },
}
