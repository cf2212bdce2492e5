// The statements that are run all the time are parsed once for a connection, unless a pooler gives each of them another.
import pg from 'pg'
import postgres from 'postgres'
import { afterAll, expect, it } from 'vitest'
import { pgDriver, postgresJsDriver, postgresStore } from '../src/index.ts'
import { makeDelivery } from './make-delivery.ts'
import { startPostgres } from './start-postgres.ts'

const server = await startPostgres()
const pool = new pg.Pool({ connectionString: server.url, max: 1 })
const sql = postgres(server.url, { max: 1, onnotice: () => {} })
const CLAIM = { limit: 10, lease: 60_000 }
afterAll(async () => {
  await sql.end()
  await pool.end()
  await server.stop()
})

const PREPARED = 'SELECT name, statement FROM pg_prepared_statements'

it('are prepared by pg, under names that depend on their text', async () => {
  const store = postgresStore(pgDriver(pool), { schema: 'kept' })
  for (let n = 0; n < 3; n += 1) {
    await store.enqueue(makeDelivery(`msg_${n}`))
    await store.claim(CLAIM)
  }
  const { rows } = await pool.query(PREPARED)
  expect(rows.map(({ statement }) => /"kept"\.\w+/.exec(statement)?.[0]).sort()).toEqual([
    '"kept".claim_v2',
    '"kept".enqueue_v1',
  ])
  expect(new Set(rows.map(({ name }) => name)).size).toBe(2)
  await postgresStore(pgDriver(pool), { schema: 'other' }).claim(CLAIM)
  expect((await pool.query(PREPARED)).rows.length).toBe(3)
})

it('are prepared by postgres.js', async () => {
  const store = postgresStore(postgresJsDriver(sql), { schema: 'kept' })
  for (let n = 0; n < 3; n += 1) await store.claim(CLAIM)
  const statements = (await sql.unsafe(PREPARED)).map(({ statement }) => String(statement))
  expect(statements.filter((one) => one.includes('claim_v2')).length).toBe(1)
})

it('run where the connection no longer has them, as behind a pooler in transaction mode', async () => {
  const store = postgresStore(pgDriver(pool), { schema: 'pooled' })
  await store.claim(CLAIM)
  await pool.query('DEALLOCATE ALL')
  await store.enqueue(makeDelivery('msg_1'))
  expect((await store.claim(CLAIM)).deliveries.map(({ id }) => id)).toEqual(['msg_1'])
  await pool.query('DEALLOCATE ALL')
  await store.claim(CLAIM)
  // it has learned that
  expect((await pool.query(PREPARED)).rows).toEqual([])
})

it('run where another client of the pooler has prepared them', async () => {
  const first = new pg.Pool({ connectionString: server.url, max: 1 })
  await postgresStore(pgDriver(first), { schema: 'pooled' }).claim(CLAIM)
  const { rows } = await first.query(PREPARED)
  await first.end()
  const taken = rows.map(({ name }) => `PREPARE "${name}" AS SELECT 1`).join(';')
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(taken)
  const store = postgresStore(pgDriver(client), { schema: 'pooled' })
  await store.enqueue(makeDelivery('msg_2'))
  expect((await store.claim(CLAIM)).deliveries.map(({ id }) => id)).toEqual(['msg_2'])
  await client.end()
})
