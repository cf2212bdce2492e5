import type { SeenResponse, SeenStore } from './seen.ts'

/** Options of `memorySeen`. */
export interface MemorySeenOptions {
  /** The most keys, those in progress included; 10,000 by default. The oldest response makes room. */
  readonly entries?: number
  /** How long a response is kept, in milliseconds; a day by default, which is longer than senders usually try. */
  readonly age?: number
  /** Milliseconds since the Unix epoch; by default the system clock. */
  readonly clock?: { now(): number }
}

const MOST_ENTRIES = 10_000
const DAY = 24 * 60 * 60_000
// a message can be replayed for the tolerance before and after its timestamp
const LEAST_AGE = 2 * 300_000

/**
 * Remembers handled callbacks in the memory of one process. While every entry is in progress, new callbacks get a 503.
 *
 * @example
 * receive(paid, { secrets, seen: memorySeen() }).handle(() => ({ status: 204 }))
 *
 * @throws {RangeError} for fewer than one entry, or an age under ten minutes, in which a message can be replayed
 */
export function memorySeen(options: MemorySeenOptions = {}): SeenStore {
  const { entries = MOST_ENTRIES, age = DAY, clock = Date } = options
  if (!Number.isInteger(entries) || entries < 1) {
    throw new RangeError(`entries is ${entries}: give a whole number, 1 or more`)
  }
  if (!(age >= LEAST_AGE)) {
    throw new RangeError(
      `age is ${age}: give at least ${LEAST_AGE} ms, since a message can be replayed for so long`,
    )
  }
  const running = new Set<string>()
  // in the order of their completion
  const completed = new Map<string, { readonly response: SeenResponse; readonly until: number }>()

  const forgetOld = () => {
    const now = clock.now()
    for (const [key, { until }] of completed) {
      if (until > now && running.size + completed.size < entries) return
      completed.delete(key)
    }
  }
  return {
    begin(key) {
      const found = completed.get(key)
      if (found !== undefined && found.until > clock.now()) return found.response
      if (running.has(key)) return 'running'
      forgetOld()
      if (running.size >= entries) return 'running'
      running.add(key)
      return 'new'
    },
    complete(key, response) {
      running.delete(key)
      completed.set(key, { response, until: clock.now() + age })
    },
    release: (key) => void running.delete(key),
  }
}
