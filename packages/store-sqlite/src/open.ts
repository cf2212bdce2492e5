import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { migrate } from './schema.ts'

/** What survives: `normal` a crash of the process, `full` a loss of power, too, at a fifth of the speed. */
export type Durability = 'normal' | 'full'

// another process may hold the file for a moment
const PATIENCE = 5000
const WAIT = 20

/**
 * Opens the file, and makes it and its folder where they do not exist.
 *
 * @throws {Error} naming the path, when it cannot be opened as a database
 */
export function open(path: string, durability: Durability): DatabaseSync {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
    const database = new DatabaseSync(path)
    database.exec(`PRAGMA busy_timeout = ${PATIENCE}`)
    useWriteAheadLog(database)
    database.exec(`PRAGMA synchronous = ${durability}`)
    migrate(database, path)
    return database
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`the delivery store '${path}' cannot be opened: ${why}`, { cause })
  }
}

/** Two processes that make the file together are in each other's way here, and only here nobody waits. */
function useWriteAheadLog(database: DatabaseSync): void {
  const end = Date.now() + PATIENCE
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      const isBusy = error instanceof Error && /locked|busy/i.test(error.message)
      if (!isBusy || Date.now() > end) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT)
    }
  }
}
