import type { Clock } from '@ringback/sender'

/** A clock that moves only when told to. */
export interface VirtualClock extends Clock {
  /** Moves forward, and fires timers that become due on the way, in order. */
  advance(milliseconds: number): void
  /** Jumps to a time, as a system clock that is set: nothing fires, and delays keep their length. */
  set(time: number): void
}

interface Timer {
  /** Milliseconds that have elapsed by then; `set` does not change it. */
  readonly at: number
  readonly wake: () => void
}

/**
 * Creates a clock that stands at a time, in milliseconds since the Unix epoch. Give it to the sender, the store and
 * the receiver of a test, and the hours between two attempts pass at once.
 *
 * @example
 * const clock = virtualClock()
 * clock.after(5000, () => console.log('five seconds later'))
 * clock.advance(5000) // five seconds later
 */
export function virtualClock(start = 1_700_000_000_000): VirtualClock {
  let elapsed = 0
  let origin = start
  const timers = new Set<Timer>()

  const earliest = () => {
    let found: Timer | undefined
    for (const timer of timers) if (found === undefined || timer.at < found.at) found = timer
    return found
  }

  return {
    now: () => origin + elapsed,
    after(delay, wake) {
      const timer = { at: elapsed + Math.max(delay, 0), wake }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance(milliseconds) {
      const end = elapsed + milliseconds
      for (let next = earliest(); next && next.at <= end; next = earliest()) {
        timers.delete(next)
        elapsed = next.at
        next.wake()
      }
      elapsed = end
    },
    set(time) {
      origin = time - elapsed
    },
  }
}
