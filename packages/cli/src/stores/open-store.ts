import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { DeliveryStore } from '@ringback/sender/store'
import type { PgPool, PostgresDriver, PostgresJsSql } from '@ringback/store-postgres'
import { loadModule } from '../app/load-module.ts'
import { CliError } from '../errors.ts'

/** An open store. */
export interface OpenStore {
  readonly store: DeliveryStore
  /** Brings the tables to this version. */
  migrate(): Promise<void>
  close(): Promise<void>
}

/** Options of a store. */
export interface OpenStoreOptions {
  /** The schema of PostgreSQL. */
  readonly schema?: string | undefined
  /** Whether a file that is not there is created. */
  readonly isNew?: boolean
}

/**
 * Opens the store of an SQLite file, or of a URL of PostgreSQL, through the driver of the user's project.
 *
 * @throws {CliError} when there is no such file or driver
 * @throws {StoreError} when it cannot be opened
 */
export async function openStore(place: string, options: OpenStoreOptions = {}): Promise<OpenStore> {
  if (/^postgres(?:ql)?:\/\//.test(place)) return openPostgres(place, options)
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(place)) {
    throw new CliError(
      'The store is neither an SQLite file nor a URL of PostgreSQL: give a path, or postgres://….',
    )
  }
  if (!options.isNew && !existsSync(place)) {
    throw new CliError(
      `There is no file '${place}'; give the path that the app gives to sqliteStore.`,
    )
  }
  const { sqliteStore } = await import('@ringback/store-sqlite')
  const store = sqliteStore(place)
  return { store, migrate: async () => {}, close: async () => store.close() }
}

async function openPostgres(url: string, { schema }: OpenStoreOptions): Promise<OpenStore> {
  const { postgresStore } = await import('@ringback/store-postgres')
  const { driver, close } = await connect(url)
  const store = postgresStore(driver, schema === undefined ? {} : { schema })
  return { store, migrate: store.migrate, close }
}

async function connect(url: string): Promise<{ driver: PostgresDriver; close(): Promise<void> }> {
  const { pgDriver, postgresJsDriver } = await import('@ringback/store-postgres')
  const pg = resolveFrom(process.cwd(), 'pg')
  if (pg !== undefined) {
    // the shape of the package, which is the user's own
    const { Pool } = memberOf<{
      readonly Pool: new (options: object) => PgPool & { end(): Promise<void> }
    }>(await loadModule(pg), 'Pool')
    const pool = new Pool({ connectionString: url, max: 2 })
    return { driver: pgDriver(pool), close: () => pool.end() }
  }
  const postgres = resolveFrom(process.cwd(), 'postgres')
  if (postgres !== undefined) {
    const module = await loadModule(postgres)
    // the shape of the package, which is the user's own
    const create = module.default as (
      url: string,
      options: object,
    ) => PostgresJsSql & { end(): Promise<void> }
    const sql = create(url, { max: 2, onnotice: () => {} })
    return { driver: postgresJsDriver(sql), close: () => sql.end() }
  }
  throw new CliError(
    'No driver of PostgreSQL is installed in this project: run the command where pg or postgres is installed, or add one with npm install --save-dev pg.',
  )
}

function resolveFrom(folder: string, name: string): string | undefined {
  try {
    return createRequire(join(folder, 'package.json')).resolve(name)
  } catch {
    return undefined
  }
}

/** A CommonJS package has its members in its default export. */
function memberOf<TModule>(module: Readonly<Record<string, unknown>>, name: string): TModule {
  return (name in module ? module : module.default) as TModule
}
