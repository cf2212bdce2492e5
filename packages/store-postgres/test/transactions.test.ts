// A delivery is stored in the application's own transaction, and goes with it.

import type { StoredDelivery } from '@ringback/sender'
import { sql as drizzleSql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { drizzle as drizzleOfPostgresJs } from 'drizzle-orm/postgres-js'
import { Kysely, sql as kyselySql, PostgresDialect } from 'kysely'
import pg from 'pg'
import postgres from 'postgres'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { pgDriver, postgresStore } from '../src/index.ts'
import { emptyTables } from './empty-tables.ts'
import { makeDelivery } from './make-delivery.ts'
import { startPostgres } from './start-postgres.ts'

const server = await startPostgres()
const pool = new pg.Pool({ connectionString: server.url, max: 8 })
const sql = postgres(server.url, { max: 2, onnotice: () => {} })
const driver = pgDriver(pool)
const store = postgresStore(driver)
await store.migrate()
await pool.query('CREATE TABLE invoice (id text PRIMARY KEY)')

afterAll(async () => {
  await sql.end()
  await pool.end()
  await server.stop()
})
beforeEach(async () => {
  await emptyTables(driver)
  await pool.query('DELETE FROM invoice')
})

class Undone extends Error {}

/** Writes an invoice and its delivery in one transaction, which fails at its end if it is told to. */
type Write = (delivery: StoredDelivery, fails: boolean) => Promise<unknown>

const INSERT = "INSERT INTO invoice VALUES ('1')"

const withPg: Write = async (delivery, fails) => {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(INSERT)
    await store.enqueueIn(client, delivery)
    if (fails) throw new Undone()
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}
const withPostgresJs: Write = (delivery, fails) =>
  sql.begin(async (tx) => {
    await tx.unsafe(INSERT)
    await store.enqueueIn(tx, delivery)
    if (fails) throw new Undone()
  })
const withDrizzle: Write = (delivery, fails) =>
  drizzle(pool).transaction(async (tx) => {
    await tx.execute(drizzleSql.raw(INSERT))
    await store.enqueueIn((text: string) => tx.execute(drizzleSql.raw(text)), delivery)
    if (fails) throw new Undone()
  })
const withDrizzleOfPostgresJs: Write = (delivery, fails) =>
  drizzleOfPostgresJs(sql).transaction(async (tx) => {
    await tx.execute(drizzleSql.raw(INSERT))
    await store.enqueueIn((text: string) => tx.execute(drizzleSql.raw(text)), delivery)
    if (fails) throw new Undone()
  })
const kysely = new Kysely<object>({ dialect: new PostgresDialect({ pool }) })
const withKysely: Write = (delivery, fails) =>
  kysely.transaction().execute(async (tx) => {
    await kyselySql.raw(INSERT).execute(tx)
    await store.enqueueIn((text: string) => kyselySql.raw(text).execute(tx), delivery)
    if (fails) throw new Undone()
  })

describe.each([
  ['a client of pg', withPg],
  ['the sql of postgres', withPostgresJs],
  ['Drizzle over pg', withDrizzle],
  ['Drizzle over postgres', withDrizzleOfPostgresJs],
  ['Kysely', withKysely],
])('a transaction of %s', (_, write) => {
  const stored = async () => {
    const { rows } = await pool.query('SELECT id FROM invoice')
    return [rows.length, (await store.query()).map(({ id }) => id)]
  }

  it('stores both, or neither', async () => {
    await expect(write(makeDelivery('msg_1'), true)).rejects.toThrow(Undone)
    expect(await stored()).toEqual([0, []])
    expect((await store.claim({ limit: 10, lease: 1000 })).deliveries).toEqual([])
    await write(makeDelivery('msg_2'), false)
    expect(await stored()).toEqual([1, ['msg_2']])
    const { deliveries } = await store.claim({ limit: 10, lease: 1000 })
    expect(deliveries.map(({ id, payload }) => [id, new TextDecoder().decode(payload)])).toEqual([
      ['msg_2', '{"€":"\'$1 \\\\"}'],
    ])
  })

  it('finds an earlier delivery with the same dedupe key', async () => {
    await store.enqueue(makeDelivery('msg_1', { dedupeKey: 'a' }))
    await write(makeDelivery('msg_2', { dedupeKey: 'a' }), false)
    expect((await stored())[1]).toEqual(['msg_1'])
  })
})

/** Two endpoints of ann's, and a message to them. */
async function makeMessage(id: string) {
  for (const tail of ['a', 'b']) {
    const fields = { url: 'https://a.example/', events: ['*'], keys: [{ generation: 1 }] }
    const times = { createdAt: 1000, updatedAt: 1000, state: 'enabled' } as const
    const endpoint = { id: `ep_${tail.padStart(32, '0')}`, owner: 'ann', ...fields, ...times }
    await store.endpoints.add(endpoint)
  }
  const { dueAt: _, state: _state, url: _url, endpoint: _endpoint, ...rest } = makeDelivery(id)
  const { attemptCount: _count, refusals: _refusals, ...message } = rest
  return { ...message, owner: 'ann' }
}

it('a webhook is published in a transaction, or rolled back with it', async () => {
  const message = await makeMessage('msg_1')
  const client = await pool.connect()
  for (const end of ['ROLLBACK', 'COMMIT']) {
    await client.query('BEGIN')
    await client.query(INSERT)
    const published = await store.endpoints.publishIn?.(client, message, ['*'])
    expect(published).toEqual({ kind: 'stored', id: 'msg_1', count: 2 })
    expect(await store.query()).toEqual([])
    await client.query(end)
    const { rows } = await pool.query('SELECT id FROM invoice')
    const stored = end === 'COMMIT' ? [1, 2] : [0, 0]
    expect([rows.length, (await store.query()).length]).toEqual(stored)
  }
  client.release()
})

it('two that erase the last deliveries of a webhook at once leave nothing of it', async () => {
  await store.endpoints.publish(await makeMessage('msg_1'), ['*'])
  const ids = (await store.query({ owner: 'ann' })).map(({ id }) => id)
  expect(ids).toHaveLength(2)
  for (const id of ids) await store.cancel(id)
  // both have begun before either has ended
  const holder = await pool.connect()
  await holder.query('BEGIN')
  await holder.query('SELECT 1 FROM ringback.message WHERE id = ANY($1) FOR UPDATE', [ids])
  const erasing = Promise.all(ids.map((id) => store.erase({ id })))
  await vi.waitFor(
    async () => {
      const { rows } = await pool.query('SELECT 1 FROM pg_locks WHERE NOT granted')
      expect(rows).toHaveLength(2)
    },
    { timeout: 15_000 },
  )
  await holder.query('COMMIT')
  holder.release()
  expect(await erasing).toEqual([1, 1])
  expect((await pool.query('SELECT id FROM ringback.publication')).rows).toEqual([])
})

describe('a transaction', () => {
  it('that is open hides neither its endpoint nor its order key from workers', async () => {
    await store.enqueue(makeDelivery('msg_1', { orderKey: 'a' }))
    const client = await pool.connect()
    await client.query('BEGIN')
    await store.enqueueIn(client, makeDelivery('msg_2', { orderKey: 'a' }))
    // all of it goes on while the transaction is open
    await store.enqueue(makeDelivery('msg_3', { orderKey: 'a' }))
    const [first] = (await store.claim({ limit: 10, lease: 60_000 })).deliveries
    expect(first?.id).toBe('msg_1')
    if (!first) return
    const receiver = { verdict: 'failing', pause: 1 } as const
    const delivered = { state: 'delivered', attemptCount: 1, refusals: 0, receiver } as const
    expect(await store.commit(first, delivered)).toMatchObject({ kind: 'done' })
    await new Promise((resolve) => setTimeout(resolve, 5))
    const [third] = (await store.claim({ limit: 10, lease: 60_000 })).deliveries
    expect(third?.id).toBe('msg_3')
    expect((await store.cancel('msg_3'))?.state).toBe('cancelled')
    await client.query('COMMIT')
    client.release()
    const { deliveries } = await store.claim({ limit: 10, lease: 60_000 })
    expect(deliveries).toEqual([])
    if (third) await store.commit(third, { ...delivered, receiver: { verdict: 'well' } })
    const [second] = (await store.claim({ limit: 10, lease: 60_000 })).deliveries
    expect(second?.id).toBe('msg_2')
  })

  it('is refused where none is open, and where it is something else', async () => {
    const client = await pool.connect()
    await client.query('SELECT 1')
    const refuse = async (transaction: unknown) => {
      const enqueued = store.enqueueIn(transaction, makeDelivery('msg_1'))
      await expect(enqueued).rejects.toMatchObject({ name: 'StoreError', code: 'transaction' })
    }
    await refuse(client).finally(() => client.release())
    for (const other of [pool, sql, undefined, 'BEGIN', {}, () => undefined]) await refuse(other)
    expect(await store.query()).toEqual([])
  })

  it('in a database without the tables says how to create them', async () => {
    const other = postgresStore(driver, { schema: 'elsewhere' })
    const client = await pool.connect()
    await client.query('BEGIN')
    await expect(other.enqueueIn(client, makeDelivery('msg_1'))).rejects.toThrow('store.migrate()')
    await client.query('ROLLBACK')
    client.release()
  })
})
