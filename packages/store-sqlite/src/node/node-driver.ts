import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
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
    all: (sql, ...values) => readRows(prepare(sql), values),
    get: (sql, ...values) => readRow(prepare(sql), values),
    run,
    count: run,
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

// node:sqlite makes each blob an ArrayBuffer of its own, and gives BigInts only when it is told to
function readRows(statement: StatementSync, values: readonly SqlValue[]): readonly SqlRow[] {
  try {
    return statement.all(...values) as SqlRow[]
  } catch (error) {
    return readExactly(statement, error, () => statement.all(...values)).map(toRow)
  }
}

function readRow(statement: StatementSync, values: readonly SqlValue[]): SqlRow | undefined {
  try {
    return statement.get(...values) as SqlRow | undefined
  } catch (error) {
    const row = readExactly(statement, error, () => statement.get(...values))
    return row && toRow(row)
  }
}

/** Reads again, with BigInts, what `node:sqlite` refused to read as numbers. */
function readExactly<TResult>(
  statement: StatementSync,
  error: unknown,
  read: () => TResult,
): TResult {
  const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_OUT_OF_RANGE'
  if (!isTooLarge) throw error
  statement.setReadBigInts(true)
  try {
    return read()
  } finally {
    statement.setReadBigInts(false)
  }
}

/** Gives a row whose integers are numbers, the nearest ones. */
function toRow(row: Record<string, SQLOutputValue>): SqlRow {
  const entries = Object.entries(row)
  const numbers = entries.map(([name, value]) => [
    name,
    typeof value === 'bigint' ? Number(value) : value,
  ])
  return Object.fromEntries(numbers)
}

/** Rolls back unless SQLite has ended the transaction itself, as it does after most failures. */
function rollBack(run: (sql: string) => number): void {
  try {
    run('ROLLBACK')
  } catch {
    // no transaction is open; the first error is the one to throw
  }
}
