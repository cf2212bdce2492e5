import type { SqlValue } from '@ringback/store-sqlite/sql'

/** The part of a Durable Object's storage that is used here; `ctx.storage` of an object with SQLite has it. */
export interface ObjectStorage {
  readonly sql: {
    exec(
      query: string,
      ...bindings: SqlValue[]
    ): { toArray(): Record<string, SqlValue | ArrayBuffer>[] }
  }
  transactionSync<TResult>(closure: () => TResult): TResult
  /** Takes effect at once, together with what is written in the same turn. Milliseconds since the Unix epoch. */
  setAlarm(time: number): Promise<void>
  deleteAlarm(): Promise<void>
}
