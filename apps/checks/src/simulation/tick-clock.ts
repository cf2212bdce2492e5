import type { Clock } from '@ringback/sender'

/** A clock that goes by ticks, for very many timers. */
export interface TickClock extends Clock {
  /** Goes one tick further, fires what is due by then, and waits until all that follows has happened. */
  tick(): Promise<void>
}

// of the event loop: a response leads to a commit, that to a claim, and that to a request
const TURNS = 4

/** Makes a clock whose times are multiples of a tick of so many milliseconds. */
export function createTickClock(tick: number): TickClock {
  let ticks = 0
  const due = new Map<number, Set<() => void>>()
  return {
    now: () => ticks * tick,
    after(delay, wake) {
      const at = ticks + Math.max(1, Math.ceil(delay / tick))
      const wakes = due.get(at) ?? new Set()
      due.set(at, wakes)
      // the same function may be given twice
      const own = () => wake()
      wakes.add(own)
      return () => wakes.delete(own)
    },
    async tick() {
      ticks += 1
      const wakes = due.get(ticks)
      due.delete(ticks)
      if (wakes === undefined) return
      for (const wake of wakes) wake()
      for (let turn = 0; turn < TURNS; turn += 1) {
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}
