import type { DatabaseSync } from 'node:sqlite'

/** Ends a transaction that failed; SQLite has often done so itself, and what failed is what matters. */
export function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    // there is no transaction any more
  }
}
