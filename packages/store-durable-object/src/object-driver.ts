import type { SqlDriver, SqlRow, SqlValue } from '@ringback/store-sqlite/sql'
import { DurableObjectError } from './errors.ts'
import type { ObjectStorage } from './object-storage.ts'

/** Makes the driver of a Durable Object's SQLite, which prepares each text once by itself. */
export function createObjectDriver(storage: ObjectStorage): SqlDriver {
  const read = (sql: string, values: readonly SqlValue[]) =>
    explainErrors(() => storage.sql.exec(sql, ...values).toArray())

  return {
    all: (sql, ...values) => read(sql, values).map(toRow),
    get(sql, ...values) {
      const [row] = read(sql, values)
      return row && toRow(row)
    },
    run: (sql, ...values) => void read(sql, values),
    count(sql, ...values) {
      read(sql, values)
      // the cursor counts the entries of indexes as well
      return Number(storage.sql.exec('SELECT changes() AS changes').toArray()[0]?.changes)
    },
    // BEGIN is refused there
    transaction: (work) => storage.transactionSync(work),
    isInTransaction: () => undefined,
  }
}

/** Gives a row whose blobs are bytes. */
function toRow(row: Record<string, SqlValue | ArrayBuffer>): SqlRow {
  for (const name in row) {
    const value = row[name]
    if (value instanceof ArrayBuffer) row[name] = new Uint8Array(value)
  }
  // no buffer is left
  return row as SqlRow
}

/** The result codes of SQLite that a user can do something about; the message ends with them. */
const RESULTS = [
  [
    'SQLITE_TOOBIG',
    'large',
    'a delivery or an exchange is longer than the 2 MB that a Durable Object keeps in one row: send a shorter payload, such as a link to the data',
  ],
  [
    'SQLITE_FULL',
    'full',
    'the Durable Object has no more room: erase deliveries with forget, keep them for a shorter time with retention, or use more shards',
  ],
] as const

/**
 * Does the work.
 *
 * @throws {DurableObjectError} naming the cause and the remedy, in place of an error of SQLite
 */
function explainErrors<TResult>(work: () => TResult): TResult {
  try {
    return work()
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause)
    const [, code, sentence] = RESULTS.find(([name]) => text.includes(name)) ?? []
    if (code === undefined) throw cause
    throw new DurableObjectError(code, sentence, { cause })
  }
}
