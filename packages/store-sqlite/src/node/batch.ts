import { StoreError } from '../errors.ts'

/** Gathers changes of about the same time into one transaction. */
export interface Batch {
  /** Does the work soon, and resolves when it is committed. Work that fails undoes no other work. */
  run<TResult>(work: () => TResult): Promise<TResult>
  /** Does the work now, after the work that waits and in the same transaction. */
  runNow<TResult>(work: () => TResult): Promise<TResult>
  /** Whether work waits. */
  isWaiting(): boolean
  /** Does the work that waits now; rejects with the error what cannot be done now, and all later work. */
  close(error: unknown): void
}

/** The dependencies of a batch. */
export interface BatchOptions {
  /** Does work in one transaction. */
  readonly transaction: <TResult>(work: () => TResult) => TResult
  /** Throws when nothing may be written; a promise says that everything is to be written after it. */
  readonly check: () => Promise<void> | undefined
}

interface Entry {
  /** Does the work; gives how to resolve its promise, once the transaction is committed. */
  readonly work: () => Settle
  readonly reject: (error: unknown) => void
}

type Settle = () => void

// the event loop has its turn after so many milliseconds; a commit takes about as long again
const LONGEST_TURN = 8
const RETRY_DELAY = 10
const PATIENCE = 5000

/** Creates a batch. A locked file is tried again later, so that nothing else waits for it. */
export function createBatch({ transaction, check }: BatchOptions): Batch {
  let waiting: Entry[] = []
  let lockedUntil: number | undefined
  let retry: NodeJS.Timeout | undefined
  let isMakingRoom = false
  let isClosing = false
  let closed: { readonly error: unknown } | undefined

  /** Commits the first of some entries, as many as there is time for; gives how many. */
  const commitSome = (entries: readonly Entry[]): number => {
    const end = performance.now() + LONGEST_TURN
    const settled = transaction(() => {
      const settles: Settle[] = []
      for (const { work } of entries) {
        settles.push(work())
        if (performance.now() > end) break
      }
      return settles
    })
    for (const settle of settled) settle()
    return settled.length
  }
  /** Commits one entry after the other, since one of them has failed and undone all. */
  const commitEach = (entries: readonly Entry[]): number => {
    let count = 0
    for (const entry of entries) {
      try {
        commitSome([entry])
      } catch (error) {
        if (isLocked(error)) return count
        entry.reject(error)
      }
      count += 1
    }
    return count
  }
  const commit = (entries: readonly Entry[]): number => {
    try {
      return commitSome(entries)
    } catch (error) {
      if (isLocked(error)) throw error
      return commitEach(entries)
    }
  }
  const waitForLock = (error: unknown) => {
    lockedUntil ??= performance.now() + PATIENCE
    if (performance.now() > lockedUntil) return rejectAll(error)
    retry = setTimeout(flush, RETRY_DELAY)
  }
  const waitForRoom = (room: Promise<void>) => {
    isMakingRoom = true
    void room.then(() => {
      isMakingRoom = false
      flush()
    })
  }
  const rejectAll = (error: unknown) => {
    lockedUntil = undefined
    const entries = waiting
    waiting = []
    for (const { reject } of entries) reject(error)
  }

  const flush = () => {
    clearTimeout(retry)
    retry = undefined
    if (waiting.length === 0 || (isMakingRoom && !isClosing)) return
    const entries = waiting
    try {
      const room = check()
      if (room && !isClosing) return waitForRoom(room)
      const count = commit(entries)
      lockedUntil = undefined
      waiting = entries.slice(count)
      if (waiting.length > 0) setImmediate(flush)
    } catch (error) {
      if (isLocked(error)) waitForLock(error)
      else rejectAll(error)
    }
  }
  const add = <TResult>(work: () => TResult): Promise<TResult> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(closed.error)
      waiting.push({
        work() {
          const result = work()
          return () => resolve(result)
        },
        reject,
      })
    })

  return {
    run(work) {
      // after all that is ready to run in this turn of the event loop
      if (waiting.length === 0) setImmediate(flush)
      return add(work)
    },
    runNow(work) {
      const result = add(work)
      if (retry === undefined) flush()
      return result
    },
    isWaiting: () => waiting.length > 0,
    close(error) {
      isClosing = true
      while (waiting.length > 0 && retry === undefined) flush()
      clearTimeout(retry)
      rejectAll(error)
      closed = { error }
    },
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'locked'
}
