import type { DatabaseSync } from 'node:sqlite'
import { transaction } from './transaction.ts'

/** Gathers what is written at about the same time into one transaction. */
export interface Batch {
  /** Does the work soon; resolves when it is committed. What fails takes nothing else with it. */
  run<TResult>(work: () => TResult): Promise<TResult>
  /** Does the work now, after what waits and in the same transaction. */
  runNow<TResult>(work: () => TResult): Promise<TResult>
  /** Whether something waits. */
  isWaiting(): boolean
  /** Does what waits now. */
  flush(): void
}

interface Entry {
  readonly work: () => unknown
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
}

/** Makes a batch; `guard` makes errors clear. */
export function createBatch(
  database: DatabaseSync,
  guard: <TResult>(work: () => TResult) => TResult,
): Batch {
  const begin = database.prepare('SAVEPOINT ringback')
  const end = database.prepare('RELEASE ringback')
  let waiting: Entry[] = []

  /** Does one entry's work, and undoes it where it fails; gives what to tell once the transaction is committed. */
  const attempt = ({ work, resolve, reject }: Entry): (() => void) => {
    begin.run()
    try {
      const result = guard(work)
      end.run()
      return () => resolve(result as never)
    } catch (error) {
      // where SQLite has ended the whole transaction this throws, and the others are told as well
      database.exec('ROLLBACK TO ringback; RELEASE ringback')
      return () => reject(error)
    }
  }
  const inOne = (entries: readonly Entry[], one: (entry: Entry) => () => void): void => {
    const done = guard(() => transaction(database, () => entries.map(one)))
    for (const settle of done) settle()
  }

  const flush = () => {
    const entries = waiting
    waiting = []
    if (entries.length === 0) return
    // nearly always nothing fails, and then a savepoint for each would cost more than most of the work
    let isWorking = false
    try {
      return inOne(entries, ({ work, resolve }) => {
        isWorking = true
        const result = work()
        isWorking = false
        return () => resolve(result as never)
      })
    } catch (error) {
      if (!isWorking) return rejectAll(entries, error)
    }
    // all of it is undone: once more, so that what fails is alone in that
    try {
      inOne(entries, attempt)
    } catch (error) {
      rejectAll(entries, error)
    }
  }
  const run = <TResult>(work: () => TResult): Promise<TResult> =>
    new Promise((resolve, reject) => {
      // after all that is ready to run in this turn of the event loop
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ work, resolve, reject })
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

/** The transaction itself failed, so that nothing of it holds. */
function rejectAll(entries: readonly Entry[], error: unknown): void {
  for (const { reject } of entries) reject(error)
}
