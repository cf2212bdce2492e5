import type { DatabaseSync } from 'node:sqlite'
import { StoreError } from './errors.ts'
import { MIGRATIONS } from './migrations.ts'
import { runInTransaction } from './run-in-transaction.ts'

/**
 * Brings the tables to the version of this package. The version has a table of its own, since the file may be the
 * application's as well.
 *
 * @throws {StoreError} `newer` when a newer version of the package has written the file
 */
export function migrate(database: DatabaseSync, path: string): void {
  runInTransaction(database, () => {
    database.exec('CREATE TABLE IF NOT EXISTS ringback_schema (version INTEGER NOT NULL) STRICT')
    const row = database.prepare('SELECT max(version) AS version FROM ringback_schema').get()
    const version = Number(row?.version ?? 0)
    if (version > MIGRATIONS.length) {
      throw new StoreError(
        'newer',
        `the delivery store '${path}' has version ${version} of the tables, and this package supports ${MIGRATIONS.length}: update @ringback/store-sqlite`,
      )
    }
    for (const step of MIGRATIONS.slice(version)) step(database)
    if (version < MIGRATIONS.length) {
      database.exec('DELETE FROM ringback_schema')
      database.prepare('INSERT INTO ringback_schema VALUES (?)').run(MIGRATIONS.length)
    }
  })
}
