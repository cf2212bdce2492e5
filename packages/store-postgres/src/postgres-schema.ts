import { migrationOf } from './schema/migration.ts'
import { checkSchemaName } from './schema/schema-name.ts'

/** Options of the SQL of the tables. */
export interface PostgresSchemaOptions {
  /** The schema of the tables; `ringback` by default. */
  readonly schema?: string
}

/**
 * Gives the SQL that creates the tables and functions, or brings them to this version, for teams whose database
 * administrator runs it: one statement, which may be run again.
 *
 * @example
 * console.log(postgresSchema())
 *
 * @throws {StoreError} `schema` when the name of the schema cannot be used
 */
export function postgresSchema({ schema = 'ringback' }: PostgresSchemaOptions = {}): string {
  checkSchemaName(schema)
  return `${migrationOf(schema)};`
}
