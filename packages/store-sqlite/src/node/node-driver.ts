import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { SqlDriver, SqlRow, SqlValue } from '../sql/sql-driver.ts'

/** Creates the driver over a connection of `node:sqlite`. */
export function createNodeDriver(database: DatabaseSync): SqlDriver {
  const prepared = new Map<string, StatementSync>()
  const prepare = (sql: string): StatementSync => {
    const known = prepared.get(sql)
    if (known) return known
    const statement = database.prepare(sql)
    prepared.set(sql, statement)
    return statement
  }
  const run = (sql: string, ...values: readonly SqlValue[]) =>
    Number(prepare(sql).run(...values).changes)

  return {
    all: (sql, ...values) => read(prepare(sql), (statement) => statement.all(...values)).map(toRow),
    get(sql, ...values) {
      const row = read(prepare(sql), (statement) => statement.get(...values))
      return row && toRow(row)
    },
    run,
    transaction(work) {
      run('BEGIN IMMEDIATE')
      try {
        const result = work()
        run('COMMIT')
        return result
      } catch (error) {
        rollBack(run)
        throw error
      }
    },
    // runtimes before Node 22.16 cannot tell
    isInTransaction: () => database.isTransaction,
  }
}

/** Reads again with BigInts where a number would not be exact, which `node:sqlite` refuses to read. */
function read<TResult>(
  statement: StatementSync,
  work: (statement: StatementSync) => TResult,
): TResult {
  try {
    return work(statement)
  } catch (error) {
    const isTooLarge =
      error instanceof Error && 'code' in error && error.code === 'ERR_OUT_OF_RANGE'
    if (!isTooLarge) throw error
    statement.setReadBigInts(true)
    try {
      return work(statement)
    } finally {
      statement.setReadBigInts(false)
    }
  }
}

/** Gives a row whose integers are numbers. */
function toRow(row: Record<string, SqlValue | bigint | Uint8Array>): SqlRow {
  for (const name in row) if (typeof row[name] === 'bigint') row[name] = Number(row[name])
  // node:sqlite makes each blob an ArrayBuffer of its own
  return row as SqlRow
}

/** Rolls back unless SQLite has ended the transaction itself, as it does after most failures. */
function rollBack(run: (sql: string) => number): void {
  try {
    run('ROLLBACK')
  } catch {
    // no transaction is open; the first error is the one to throw
  }
}
