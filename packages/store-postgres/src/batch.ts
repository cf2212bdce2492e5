import type { StoreError } from './errors.ts'

/** Gathers what is asked for in the same turn of the event loop into one statement. */
export interface Batch<TItem, TResult> {
  add(item: TItem): Promise<TResult>
  /**
   * Takes what waits out of the batch, for a statement that does it as well. What is added meanwhile waits until it is
   * settled or put back, since a further such statement may take it along.
   */
  take(): Taken<TItem, TResult>
}

/** What was taken out of a batch: settle it, or put it back. */
export interface Taken<TItem, TResult> {
  readonly items: readonly TItem[]
  settle(results: readonly TResult[]): void
  putBack(): void
}

/**
 * Does all of a batch in one statement, or nothing; gives a result for each item. What fails for one item after the statement
 * is a promise of its result, since a statement that was run is not to be repeated.
 */
export type Flush<TItem, TResult> = (
  items: readonly TItem[],
) => Promise<readonly (TResult | PromiseLike<TResult>)[]>

interface Entry<TItem, TResult> {
  readonly item: TItem
  readonly resolve: (result: TResult | PromiseLike<TResult>) => void
  readonly reject: (error: unknown) => void
}

// more would hold up the others that wait for the server
const MOST = 500
// one is on its way while the next gathers
const MOST_AT_ONCE = 2

/** Makes a batch. When a statement fails, each of its items is tried alone, unless the server is away. */
export function createBatch<TItem, TResult>(flush: Flush<TItem, TResult>): Batch<TItem, TResult> {
  let waiting: Entry<TItem, TResult>[] = []
  let running = 0
  let taking = 0
  let isPlanned = false

  const settle = (
    entries: readonly Entry<TItem, TResult>[],
    results: readonly (TResult | PromiseLike<TResult>)[],
  ) => {
    // one result for each
    for (const [n, { resolve }] of entries.entries()) resolve(results[n] as TResult)
  }
  const flushEach = async (entries: readonly Entry<TItem, TResult>[]) => {
    for (const entry of entries) {
      await flush([entry.item]).then((results) => settle([entry], results), entry.reject)
    }
  }
  const flushSome = async (entries: readonly Entry<TItem, TResult>[]) => {
    try {
      settle(entries, await flush(entries.map(({ item }) => item)))
    } catch (error) {
      const isShared = entries.length === 1 || isAway(error)
      if (isShared) for (const { reject } of entries) reject(error)
      else await flushEach(entries)
    }
  }
  const next = () => {
    isPlanned = false
    if (running >= MOST_AT_ONCE || taking > 0 || waiting.length === 0) return
    const entries = waiting.slice(0, MOST)
    waiting = waiting.slice(MOST)
    running += 1
    void flushSome(entries).finally(() => {
      running -= 1
      next()
    })
    next()
  }
  const plan = () => {
    if (isPlanned || running >= MOST_AT_ONCE || taking > 0) return
    isPlanned = true
    runSoon(next)
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        plan()
      }),
    take() {
      const entries = waiting.slice(0, MOST)
      waiting = waiting.slice(MOST)
      taking += 1
      const end = () => {
        taking -= 1
        // after the next claim has begun, which takes what waits
        runSoon(plan)
      }
      return {
        items: entries.map(({ item }) => item),
        settle(results) {
          settle(entries, results)
          end()
        },
        putBack() {
          waiting = [...entries, ...waiting]
          end()
        },
      }
    },
  }
}

/** After all that is ready to run in this turn of the event loop. */
function runSoon(work: () => void): void {
  if (typeof setImmediate === 'function') setImmediate(work)
  else setTimeout(work, 0)
}

function isAway(error: unknown): boolean {
  // `flush` throws a StoreError
  return (error as StoreError).code === 'unreachable'
}
