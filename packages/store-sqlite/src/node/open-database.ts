import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreError } from '../errors.ts'
import { migrate } from '../sql/migrate.ts'
import { createNodeDriver } from './node-driver.ts'
import { OLD_VERSIONS } from './old-versions.ts'
import { reportDamagedLog } from './report-damaged-log.ts'

/** `normal` survives a crash of the process; `full` a loss of power, too, at a fifth of the speed. */
export type Durability = 'normal' | 'full'

// another process may hold the file for a moment
const OPEN_TIMEOUT = 5000
const RETRY_DELAY = 20
// nothing else happens in this process while a statement waits: what is locked is tried again later
const STATEMENT_TIMEOUT = 5
// a log that begins anew is cut off to this length, so that its length tells how much there is to copy
const LOG_LENGTH = 1024 * 1024

/**
 * Opens the file. Creates it and its folder where they do not exist.
 *
 * @throws {StoreError} `open` when it cannot be opened as a database, `newer` when a newer version of this package
 *   has written it
 */
export function openDatabase(path: string, durability: Durability): DatabaseSync {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
    reportDamagedLog(path)
    const database = new DatabaseSync(path)
    database.exec(`PRAGMA busy_timeout = ${OPEN_TIMEOUT}`)
    useWriteAheadLog(database)
    database.exec(`PRAGMA synchronous = ${durability}`)
    // the log is copied into the file on a thread: `log-copier.ts`
    database.exec('PRAGMA wal_autocheckpoint = 0')
    database.exec(`PRAGMA journal_size_limit = ${LOG_LENGTH}`)
    // erased bytes are overwritten in the file
    database.exec('PRAGMA secure_delete = ON')
    migrate(createNodeDriver(database), path, OLD_VERSIONS)
    database.exec(`PRAGMA busy_timeout = ${STATEMENT_TIMEOUT}`)
    return database
  } catch (cause) {
    if (cause instanceof StoreError) throw cause
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new StoreError(
      'open',
      `the delivery store '${path}' cannot be opened: give the path of a database, or of a new file in a folder that this process can write (${message})`,
      { cause },
    )
  }
}

/** Retries, since SQLite ignores its timeout here, and two processes may create the file at the same time. */
function useWriteAheadLog(database: DatabaseSync): void {
  const end = Date.now() + OPEN_TIMEOUT
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      const isBusy = error instanceof Error && /locked|busy/i.test(error.message)
      if (!isBusy || Date.now() > end) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_DELAY)
    }
  }
}
