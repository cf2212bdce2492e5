/** A value of SQLite, bound or read. */
export type SqlValue = string | number | null | Uint8Array<ArrayBuffer>

/** A row as a driver reads it. */
export type SqlRow = Readonly<Record<string, SqlValue>>

/**
 * The six things that the tables need of an SQLite. A driver keeps what it has prepared, by the text of the statement.
 * Values are bound in order to placeholders without numbers, since the oldest Node binds no others.
 * An integer that is too large for a number is read as the nearest one, so that no row keeps others from being read.
 */
export interface SqlDriver {
  all(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[]
  get(sql: string, ...values: readonly SqlValue[]): SqlRow | undefined
  run(sql: string, ...values: readonly SqlValue[]): void
  /** Runs as well, and gives how many rows have changed, which an object has to ask for. */
  count(sql: string, ...values: readonly SqlValue[]): number
  /** Does work in one transaction: all of it, or nothing. */
  transaction<TResult>(work: () => TResult): TResult
  /** Whether a transaction is open; `undefined` where the runtime cannot tell. */
  isInTransaction(): boolean | undefined
}
