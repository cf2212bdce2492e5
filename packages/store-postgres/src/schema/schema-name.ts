import { StoreError } from '../errors.ts'

const NAME = /^[a-z_][a-z0-9_]{0,39}$/

/**
 * Refuses a name that would have to be quoted by everybody who reads the tables, and `public`, whose tables are the
 * application's.
 *
 * @throws {StoreError} `schema`
 */
export function checkSchemaName(name: string): void {
  if (typeof name === 'string' && NAME.test(name) && name !== 'public' && !name.startsWith('pg_'))
    return
  throw new StoreError(
    'schema',
    `the schema '${String(name)}' cannot hold the tables: give it a name of its own, of small letters, digits and underscores, such as 'ringback'`,
  )
}
