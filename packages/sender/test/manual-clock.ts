import type { Clock } from '../src/clock.ts'

/** A clock that advances only on demand. */
export interface ManualClock extends Clock {
  /** Advances, and calls in order what falls due meanwhile. */
  advance(milliseconds: number): void
}

/** Makes a clock that stands still. */
export function manualClock(start = 1_700_000_000_000): ManualClock {
  let now = start
  const timers = new Set<{ at: number; wake: () => void }>()
  return {
    now: () => now,
    after(delay, wake) {
      const timer = { at: now + delay, wake }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance(milliseconds) {
      const end = now + milliseconds
      for (;;) {
        const next = [...timers].sort((a, b) => a.at - b.at)[0]
        if (next === undefined || next.at > end) break
        timers.delete(next)
        now = Math.max(now, next.at)
        next.wake()
      }
      now = end
    },
  }
}
