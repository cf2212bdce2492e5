import { StoreError } from '../errors.ts'
import { createTables, FIRST_VERSION, MIGRATIONS, type Migration } from './migrations.ts'
import type { SqlDriver } from './sql-driver.ts'

/**
 * Brings the tables to the version of this package. The version has a table of its own, since the database may be the
 * application's as well. The name is for the message. A file can have a version before the first that an empty database
 * gets now: `earlier` has the steps from version 1 to that.
 *
 * @throws {StoreError} `newer` when a newer version of the package has written the database
 */
export function migrate(driver: SqlDriver, name: string, earlier: readonly Migration[] = []): void {
  const latest = FIRST_VERSION + MIGRATIONS.length
  driver.transaction(() => {
    driver.run('CREATE TABLE IF NOT EXISTS ringback_schema (version INTEGER NOT NULL) STRICT')
    const row = driver.get('SELECT max(version) AS version FROM ringback_schema')
    const version = Number(row?.version ?? 0)
    if (version > latest) {
      throw new StoreError(
        'newer',
        `the delivery store '${name}' has version ${version} of the tables, and this package supports ${latest}: update @ringback/store-sqlite`,
      )
    }
    if (version === latest) return
    const isEmpty = version === 0
    const first = isEmpty ? [createTables] : earlier.slice(version - 1)
    const steps = MIGRATIONS.slice(isEmpty ? 0 : Math.max(0, version - FIRST_VERSION))
    for (const step of [...first, ...steps]) step(driver)
    driver.run('DELETE FROM ringback_schema')
    driver.run('INSERT INTO ringback_schema VALUES (?)', latest)
  })
}
