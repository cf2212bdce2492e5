import type { DatabaseSync } from 'node:sqlite'
import { transaction } from './transaction.ts'

/** Gathers what is written at about the same time into one transaction. */
export interface Batch {
  /** Does the work soon; resolves when it is committed. What fails takes nothing else with it. */
  run<TResult>(work: () => TResult): Promise<TResult>
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

  /** Does one entry's work; gives what to tell once the transaction is committed. */
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

  const flush = () => {
    const entries = waiting
    waiting = []
    if (entries.length === 0) return
    let done: (() => void)[] = []
    try {
      guard(() =>
        transaction(database, () => {
          done = entries.map(attempt)
        }),
      )
    } catch (error) {
      // the transaction itself failed, so that nothing of it holds
      for (const { reject } of entries) reject(error)
      return
    }
    for (const settle of done) settle()
  }

  return {
    run: (work) =>
      new Promise((resolve, reject) => {
        // after all that is ready to run in this turn of the event loop
        if (waiting.length === 0) setImmediate(flush)
        waiting.push({ work, resolve, reject })
      }),
    flush,
  }
}
