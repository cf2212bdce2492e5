import type { PostgresDriver, PostgresRow } from '../driver.ts'

/** What is used of a `PGlite`. */
export interface PgliteDatabase {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>
}

/**
 * Makes a driver of a `PGlite`, PostgreSQL inside the process.
 *
 * @example
 * const store = postgresStore(pgliteDriver(new PGlite('data/callbacks')))
 */
export function pgliteDriver(database: PgliteDatabase): PostgresDriver {
  return {
    async run(text, values) {
      const { rows } = await database.query(text, values && [...values])
      // PGlite gives each row as an object, unless it is asked for arrays
      return rows as readonly PostgresRow[]
    },
    async listen(channel, { onNotify }) {
      const stop = await database.listen(channel, onNotify)
      return () => stop()
    },
  }
}
