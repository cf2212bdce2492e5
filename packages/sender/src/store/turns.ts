/** Places in time for those who take turns. */
export interface Turns {
  /** Gives a place behind everyone who waits now, and before whoever is due in a later millisecond. */
  next(now: number): number
}

const STEP = 1 / 1024 // exact in binary, and a clock's milliseconds leave room for it
const LAST_STEP = 1 - STEP

/**
 * Makes places for turns. A store keeps one time for each owner and each endpoint: the time at which something is due,
 * or the place of its last turn if that is later. Whoever has the lowest time is next, so that one with a long backlog
 * goes behind all others after each turn. Times of the same millisecond differ by fractions.
 */
export function createTurns(): Turns {
  let last = 0
  return {
    next(now) {
      // behind what has become due in this millisecond, too
      last = Math.min(Math.max(now, last) + STEP, now + LAST_STEP)
      return last
    },
  }
}

/** Tells whether it is the turn of one whose place is at this time; the fractions of a millisecond only sort. */
export function isTurn(place: number, now: number): boolean {
  return Math.floor(place) <= now
}

/** How many may be taken, and how many at least in one turn. */
export interface TakeInTurnsOptions {
  readonly limit: number
  /** At least so many in one turn, where the limit allows; 1 by default. */
  readonly quantum?: number
}

/**
 * Shares what may be taken: each takes at most its share in a turn, and takes again while others leave something.
 * `take` gives how many it took. Of several with enough to take, none gets more than its share.
 *
 * @example
 * takeInTurns(['ann', 'bob'], { limit: 64 }, (owner, most) => takeFrom(owner, most)) // at most 32 each, in turns
 */
export function takeInTurns<TOne>(
  waiting: readonly TOne[],
  { limit, quantum = 1 }: TakeInTurnsOptions,
  take: (one: TOne, most: number) => number,
): number {
  let free = limit
  let left = waiting
  while (free > 0 && left.length > 0) {
    const share = Math.max(quantum, Math.floor(free / left.length))
    const more: TOne[] = []
    for (const one of left) {
      if (free === 0) break
      const most = Math.min(share, free)
      const taken = take(one, most)
      free -= taken
      if (taken === most) more.push(one)
    }
    left = more
  }
  return limit - free
}
