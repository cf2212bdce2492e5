import type { DatabaseSync } from 'node:sqlite'

/** Does work in one transaction: all of it, or nothing. */
export function transaction<TResult>(database: DatabaseSync, work: () => TResult): TResult {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    rollBack(database)
    throw error
  }
}

/** SQLite has often ended a transaction that failed by itself, and what failed is what matters. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    // there is no transaction any more
  }
}
