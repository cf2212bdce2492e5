import { StoreError } from '../errors.ts'
import { MIGRATIONS } from './migrations.ts'
import type { SqlDriver } from './sql-driver.ts'

/**
 * Brings the tables to the version of this package. The version has a table of its own, since the database may be the
 * application's as well. The name is for the message.
 *
 * @throws {StoreError} `newer` when a newer version of the package has written the database
 */
export function migrate(driver: SqlDriver, name: string): void {
  driver.transaction(() => {
    driver.run('CREATE TABLE IF NOT EXISTS ringback_schema (version INTEGER NOT NULL) STRICT')
    const row = driver.get('SELECT max(version) AS version FROM ringback_schema')
    const version = Number(row?.version ?? 0)
    if (version > MIGRATIONS.length) {
      throw new StoreError(
        'newer',
        `the delivery store '${name}' has version ${version} of the tables, and this package supports ${MIGRATIONS.length}: update @ringback/store-sqlite`,
      )
    }
    for (const step of MIGRATIONS.slice(version)) step(driver)
    if (version === MIGRATIONS.length) return
    driver.run('DELETE FROM ringback_schema')
    driver.run('INSERT INTO ringback_schema VALUES (?)', MIGRATIONS.length)
  })
}
