import type { DatabaseSync, StatementSync } from 'node:sqlite'

interface Bounds {
  readonly begin: StatementSync
  readonly commit: StatementSync
}

// prepared once, since they come with every claim and every batch
const prepared = new WeakMap<DatabaseSync, Bounds>()

/** Does work in one transaction: all of it, or nothing. */
export function runInTransaction<TResult>(database: DatabaseSync, work: () => TResult): TResult {
  const { begin, commit } = prepareBounds(database)
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

/** Rolls back unless SQLite has ended the transaction itself, as it does after most failures. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    // no transaction is open; the first error is the one to throw
  }
}

function prepareBounds(database: DatabaseSync): Bounds {
  const known = prepared.get(database)
  if (known) return known
  const bounds = {
    begin: database.prepare('BEGIN IMMEDIATE'),
    commit: database.prepare('COMMIT'),
  }
  prepared.set(database, bounds)
  return bounds
}
