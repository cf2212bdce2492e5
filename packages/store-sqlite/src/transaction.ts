import type { DatabaseSync, StatementSync } from 'node:sqlite'

interface Bounds {
  readonly begin: StatementSync
  readonly commit: StatementSync
}

// prepared once, since they come with every claim and every batch
const prepared = new WeakMap<DatabaseSync, Bounds>()

/** Does work in one transaction: all of it, or nothing. */
export function transaction<TResult>(database: DatabaseSync, work: () => TResult): TResult {
  const { begin, commit } = boundsOf(database)
  begin.run()
  try {
    const result = work()
    commit.run()
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

function boundsOf(database: DatabaseSync): Bounds {
  const known = prepared.get(database)
  if (known) return known
  const begin = database.prepare('BEGIN IMMEDIATE')
  const bounds = { begin, commit: database.prepare('COMMIT') }
  prepared.set(database, bounds)
  return bounds
}
