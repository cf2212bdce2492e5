import type { PostgresDriver, PostgresRow } from '../driver.ts'

/** What is used of the `sql` of `postgres`. */
export interface PostgresJsSql {
  unsafe(
    text: string,
    values?: (string | number | null)[],
    options?: { prepare?: boolean },
  ): PromiseLike<readonly PostgresRow[]>
  listen(
    channel: string,
    onNotify: (payload: string) => void,
    onListen?: () => void,
  ): PromiseLike<{ unlisten(): Promise<void> }>
}

/**
 * Makes a driver of the `sql` of `postgres` (postgres.js).
 *
 * @example
 * const store = postgresStore(postgresJsDriver(postgres(connectionString)))
 */
export function postgresJsDriver(sql: PostgresJsSql): PostgresDriver {
  return {
    // it names statements by itself, unless its option `prepare` is false
    run: async (text, values, name) =>
      await sql.unsafe(text, values && [...values], { prepare: name !== undefined }),
    // it listens again by itself, and says so
    async listen(channel, { onNotify }) {
      const { unlisten } = await sql.listen(channel, onNotify, onNotify)
      return unlisten
    },
  }
}
