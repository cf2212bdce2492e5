import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreError } from './errors.ts'
import { migrate } from './schema.ts'

/** What survives: `normal` a crash of the process, `full` a loss of power, too, at a fifth of the speed. */
export type Durability = 'normal' | 'full'

// another process may hold the file for a moment
const PATIENCE = 5000
const WAIT = 20
// nothing else happens in this process while a statement waits
const STATEMENT_PATIENCE = 2000
// 16 MB: what is written again and again meanwhile goes into the file only once
const LOG_PAGES = 4000

/**
 * Opens the file, and makes it and its folder where they do not exist.
 *
 * @throws {StoreError} naming the path, with `open` when it cannot be opened as a database, with `newer` when it
 *   was written by a newer version of this package
 */
export function open(path: string, durability: Durability): DatabaseSync {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
    const database = new DatabaseSync(path)
    database.exec(`PRAGMA busy_timeout = ${PATIENCE}`)
    useWriteAheadLog(database)
    database.exec(`PRAGMA synchronous = ${durability}`)
    database.exec(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}`)
    database.exec('PRAGMA foreign_keys = ON')
    // what is erased is gone from the file, and not only from its lists
    database.exec('PRAGMA secure_delete = ON')
    migrate(database, path)
    database.exec(`PRAGMA busy_timeout = ${STATEMENT_PATIENCE}`)
    return database
  } catch (cause) {
    if (cause instanceof StoreError) throw cause
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StoreError('open', `the delivery store '${path}' cannot be opened: ${why}`, { cause })
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
