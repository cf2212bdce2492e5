import type { DatabaseSync } from 'node:sqlite'
import { runInTransaction } from './run-in-transaction.ts'

/** Gathers writes of about the same time into one transaction. */
export interface Batch {
  /** Does the work soon, and resolves when it is committed. Work that fails undoes no other work. */
  run<TResult>(work: () => TResult): Promise<TResult>
  /** Does the work now, after the work that waits and in the same transaction. */
  runNow<TResult>(work: () => TResult): Promise<TResult>
  /** Whether work waits. */
  isWaiting(): boolean
  /** Does the work that waits now. */
  flush(): void
}

interface Entry {
  /** Does the work; gives how to resolve its promise, once the transaction is committed. */
  readonly work: () => Settle
  readonly reject: (error: unknown) => void
}

type Settle = () => void

/** Creates a batch; `guard` translates the errors of SQLite. */
export function createBatch(
  database: DatabaseSync,
  guard: <TResult>(work: () => TResult) => TResult,
): Batch {
  const savepoint = database.prepare('SAVEPOINT ringback')
  const release = database.prepare('RELEASE ringback')
  let waiting: Entry[] = []

  /** Does the work of one entry, and undoes it alone when it fails. */
  const runAlone = ({ work, reject }: Entry): Settle => {
    savepoint.run()
    try {
      const settle = guard(work)
      release.run()
      return settle
    } catch (error) {
      // throws where SQLite has ended the whole transaction, so that every entry is rejected
      database.exec('ROLLBACK TO ringback; RELEASE ringback')
      return () => reject(error)
    }
  }
  const commitAll = (entries: readonly Entry[], run: (entry: Entry) => Settle): void => {
    const settled = guard(() => runInTransaction(database, () => entries.map(run)))
    for (const settle of settled) settle()
  }

  const flush = () => {
    const entries = waiting
    waiting = []
    if (entries.length === 0) return
    // without savepoints first: work seldom fails, and a savepoint costs more than most of the work
    let isWorking = false
    try {
      return commitAll(entries, ({ work }) => {
        isWorking = true
        const settle = work()
        isWorking = false
        return settle
      })
    } catch (error) {
      if (!isWorking) return rejectAll(entries, error)
    }
    try {
      commitAll(entries, runAlone)
    } catch (error) {
      rejectAll(entries, error)
    }
  }
  const run = <TResult>(work: () => TResult): Promise<TResult> =>
    new Promise((resolve, reject) => {
      // after all that is ready to run in this turn of the event loop
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({
        work() {
          const result = work()
          return () => resolve(result)
        },
        reject,
      })
    })

  return {
    run,
    runNow(work) {
      const result = run(work)
      flush()
      return result
    },
    isWaiting: () => waiting.length > 0,
    flush,
  }
}

/** Rejects every entry, after the transaction itself has failed. */
function rejectAll(entries: readonly Entry[], error: unknown): void {
  for (const { reject } of entries) reject(error)
}
