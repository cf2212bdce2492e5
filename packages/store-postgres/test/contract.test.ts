// A real server meets the contract, through every driver.
import { neon, neonConfig } from '@neondatabase/serverless'
import { storeContract } from '@ringback/testkit/contract'
import pg from 'pg'
import postgres from 'postgres'
import { afterAll, describe, it } from 'vitest'
import {
  neonDriver,
  type PostgresDriver,
  pgDriver,
  postgresJsDriver,
  postgresStore,
} from '../src/index.ts'
import { emptyTables } from './empty-tables.ts'
import { serveNeon } from './serve-neon.ts'
import { startPostgres } from './start-postgres.ts'

const server = await startPostgres()
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
  await server.stop()
})

const drivers: readonly [string, PostgresDriver][] = [
  ['a Pool of pg', pgDriver(pool)],
  ['a Client of pg', pgDriver(client)],
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
  it.each(storeContract(open))('$name', ({ run }) => run())
})
