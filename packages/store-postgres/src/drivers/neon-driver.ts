import type { PostgresDriver, PostgresRow } from '../driver.ts'

/** What is used of the function that `neon` of `@neondatabase/serverless` gives. */
export interface NeonSql {
  query(text: string, values?: unknown[]): PromiseLike<unknown>
}

/**
 * Makes a driver of Neon's over HTTP: each statement is a request, and nothing is listened to. Give it no options, such
 * as `fullResults`.
 *
 * @example
 * const store = postgresStore(neonDriver(neon(connectionString)))
 */
export function neonDriver(sql: NeonSql): PostgresDriver {
  return {
    // without options, the result is the rows as objects
    run: async (text, values) =>
      (await sql.query(text, values && [...values])) as readonly PostgresRow[],
  }
}
