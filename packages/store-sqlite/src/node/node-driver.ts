import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { SqlDriver, SqlRow, SqlValue } from '../sql/sql-driver.ts'

/** Creates the driver over a connection of `node:sqlite`. */
export function createNodeDriver(database: DatabaseSync): SqlDriver {
  const prepared = new Map<string, Prepared>()
  const prepare = (sql: string): Prepared => {
    const known = prepared.get(sql)
    if (known) return known
    const { text, order } = numberParameters(sql)
    const statement = { statement: database.prepare(text), order }
    prepared.set(sql, statement)
    return statement
  }
  const run = (sql: string, ...values: readonly SqlValue[]) => {
    const { statement, order } = prepare(sql)
    return Number(statement.run(...inOrder(values, order)).changes)
  }

  return {
    all(sql, ...values) {
      const { statement, order } = prepare(sql)
      return readRows(statement, inOrder(values, order))
    },
    get(sql, ...values) {
      const { statement, order } = prepare(sql)
      return readRow(statement, inOrder(values, order))
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

/** A statement, and the places of the values that its parameters have; `undefined` if they have them in turn. */
interface Prepared {
  readonly statement: StatementSync
  readonly order: readonly number[] | undefined
}

/** Writes `?1` as `?`: Node before 22.14 takes a numbered parameter for one with a name, and binds nothing to it. */
function numberParameters(sql: string): Pick<Prepared, 'order'> & { readonly text: string } {
  const order: number[] = []
  const text = sql.replace(/\?(\d+)/g, (_, number) => {
    order.push(Number(number) - 1)
    return '?'
  })
  return { text, order: order.length > 0 ? order : undefined }
}

function inOrder(
  values: readonly SqlValue[],
  order: readonly number[] | undefined,
): readonly SqlValue[] {
  return order ? order.map((at) => values[at] ?? null) : values
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
