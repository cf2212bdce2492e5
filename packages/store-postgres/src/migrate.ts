import type { PostgresDriver } from './driver.ts'
import { StoreError, translateError } from './errors.ts'
import { migrationOf, VERSION } from './schema/migration.ts'

/** Brings the tables to the version of this package, once; whoever waits for it shares it. */
export interface Migration {
  /**
   * @throws {StoreError} `newer` when the tables cannot be used by this version, `denied` when the role may not create
   *   them
   */
  run(): Promise<void>
}

/** Makes the migration of a schema. It begins at the first use, and again after it has failed. */
export function createMigration(driver: PostgresDriver, schema: string): Migration {
  let running: Promise<void> | undefined
  const migrate = async () => {
    const [found] = await driver.run('SELECT to_regclass($1::text) IS NOT NULL AS known', [
      `"${schema}".version`,
    ])
    // a role that may use the tables need not be allowed to create them
    const before = found?.known === true ? await readVersion(driver, schema) : 0
    if (before < VERSION) await driver.run(migrationOf(schema))
  }
  return {
    run() {
      running ??= migrate().catch((error: unknown) => {
        running = undefined
        throw translateError(error)
      })
      return running
    },
  }
}

async function readVersion(driver: PostgresDriver, schema: string): Promise<number> {
  const [row] = await driver.run(`SELECT version, oldest FROM "${schema}".version`)
  if (Number(row?.oldest ?? 0) > VERSION) {
    throw new StoreError(
      'newer',
      `the schema '${schema}' has version ${row?.version} of the tables, and this package supports ${VERSION}: update @ringback/store-postgres`,
    )
  }
  return Number(row?.version ?? 0)
}
