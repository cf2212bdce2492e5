// The schema is created once, whoever comes first, and used by roles that may not create one.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { pgDriver, postgresSchema, postgresStore, StoreError } from '../src/index.ts'
import { makeDelivery } from './make-delivery.ts'
import { startPostgres } from './start-postgres.ts'

const server = await startPostgres()
const pool = new pg.Pool({ connectionString: server.url, max: 10 })
afterAll(async () => {
  await pool.end()
  await server.stop()
})

it('is created by one of several processes that begin at the same time', async () => {
  const stores = Array.from({ length: 8 }, () =>
    postgresStore(pgDriver(pool), { schema: 'together' }),
  )
  await Promise.all(stores.map((store, n) => store.enqueue(makeDelivery(`msg_${n}`))))
  expect((await stores[0]?.query())?.length).toBe(8)
})

it('is left alone where it is there already, and separate from others', async () => {
  const first = postgresStore(pgDriver(pool), { schema: 'first' })
  await first.enqueue(makeDelivery('msg_1'))
  await pool.query(postgresSchema({ schema: 'first' }))
  expect((await first.query()).length).toBe(1)
  expect(await postgresStore(pgDriver(pool), { schema: 'second' }).query()).toEqual([])
})

it('is used by a role that may not create tables, and refused to one that may not use it', async () => {
  await pool.query(postgresSchema({ schema: 'callbacks' }))
  await pool.query("CREATE ROLE app LOGIN PASSWORD 'app'")
  const own = new pg.Pool({ connectionString: server.url.replace('postgres:secret', 'app:app') })
  const store = postgresStore(pgDriver(own), { schema: 'callbacks' })
  await expect(store.enqueue(makeDelivery('msg_1'))).rejects.toMatchObject({ code: 'denied' })
  await pool.query(`
    GRANT USAGE ON SCHEMA callbacks TO app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA callbacks TO app;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA callbacks TO app`)
  await store.enqueue(makeDelivery('msg_1'))
  const [claimed] = (await store.claim({ limit: 1, lease: 1000 })).deliveries
  if (!claimed) throw new Error('nothing was claimed')
  const delivered = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
  expect(await store.commit(claimed, delivered)).toMatchObject({ kind: 'done' })
  expect(await store.erase({ owner: 'default' })).toBe(1)
  await own.end()
})

it('of a newer version is used while that allows it, and refused when it does not', async () => {
  const open = () => postgresStore(pgDriver(pool), { schema: 'newer' })
  await open().migrate()
  await pool.query('UPDATE newer.version SET version = 7')
  await open().enqueue(makeDelivery('msg_1'))
  await pool.query('UPDATE newer.version SET oldest = 7')
  await expect(open().query()).rejects.toMatchObject({ code: 'newer' })
})

it('that the first version has written is brought to this one, with what waits in it', async () => {
  const first = readFileSync(join(import.meta.dirname, 'version-1.sql'), 'utf8')
  await pool.query(first)
  await pool.query(`
    INSERT INTO of_version_1.message (id, owner, operation_id, callback, method, url, created_at, bytes, payload)
    SELECT id, 'ann', 'postInvoices', 'paid', 'post', 'https://a.example/', 0, 2, '{}'
    FROM unnest(ARRAY['msg_0', 'msg_00', 'msg_1']) AS id;
    INSERT INTO of_version_1.delivery (id, owner, endpoint, state, reason, attempts, refusals, bytes,
      due_at, ended_at, waiting, lease, lease_ends_at)
    VALUES ('msg_0', 'ann', 'https://a.example', 'dead', 'rejected', 1, 0, 2, NULL, 5, false, 1, NULL),
      ('msg_00', 'ann', 'https://a.example', 'sending', NULL, 1, 0, 2, NULL, NULL, false, 2, 1e15),
      ('msg_1', 'ann', 'https://a.example', 'scheduled', NULL, 0, 0, 2, 0, NULL, false, 0, NULL);
    INSERT INTO of_version_1.signal (owner, endpoint) VALUES ('ann', 'https://a.example')`)
  const store = postgresStore(pgDriver(pool), { schema: 'of_version_1' })
  expect((await store.query()).map(({ id, state, reason }) => [id, state, reason])).toEqual([
    ['msg_1', 'scheduled', undefined],
    ['msg_00', 'sending', undefined],
    ['msg_0', 'dead', 'rejected'],
  ])
  const { deliveries } = await store.claim({ limit: 10, lease: 1000 })
  expect(deliveries).toMatchObject([{ id: 'msg_1', url: 'https://a.example/' }])
  const message = {
    id: 'msg_2',
    owner: 'ann',
    operationId: '',
    callback: 'paid',
    method: 'post',
    createdAt: 0,
    payload: new Uint8Array([123, 125]),
  }
  expect(await store.endpoints.publish(message, ['*'])).toMatchObject({ kind: 'stored', count: 0 })
  const { rows } = await pool.query('SELECT version FROM of_version_1.version')
  expect(rows).toEqual([{ version: 2 }])
})

it('is brought to this version while workers of the first one claim', async () => {
  const s = 'of_version_1'
  await pool.query(`DROP SCHEMA IF EXISTS ${s} CASCADE`)
  await pool.query(readFileSync(join(import.meta.dirname, 'version-1.sql'), 'utf8'))
  await pool.query(`
    INSERT INTO ${s}.message (id, owner, operation_id, callback, method, url, created_at, bytes, payload)
    SELECT id, 'ann', 'postInvoices', 'paid', 'post', 'https://a.example/', 0, 2, '{}'
    FROM unnest(ARRAY['msg_1', 'msg_2']) AS id;
    INSERT INTO ${s}.delivery (id, owner, endpoint, state, attempts, refusals, bytes, due_at, waiting)
    SELECT id, 'ann', 'https://a.example', 'scheduled', 0, 0, 2, 0, false
    FROM unnest(ARRAY['msg_1', 'msg_2']) AS id`)
  const worker = await pool.connect()
  await worker.query('BEGIN')
  await worker.query(`SELECT ${s}.cancel_v1(NULL, 'msg_1', NULL)`)
  const migrating = postgresStore(pgDriver(pool), { schema: s }).migrate()
  migrating.catch(() => {})
  const isWaiting = `SELECT 1 FROM pg_locks WHERE locktype = 'relation' AND NOT granted`
  await expect.poll(async () => (await pool.query(isWaiting)).rows.length).toBeGreaterThan(0)
  // as far as a claim has come when it reads the messages
  const claim = `SELECT * FROM ${s}.claim_v1(NULL, 10, 1e6, NULL, NULL, NULL, NULL, NULL, 5, '{}', NULL)`
  const { rows } = await worker.query(claim)
  expect(rows.map(({ id }) => id)).toContain('msg_2')
  await worker.query('COMMIT')
  worker.release()
  await migrating
  const states = await pool.query(`SELECT id, state FROM ${s}.delivery ORDER BY id`)
  expect(states.rows).toEqual([
    { id: 'msg_1', state: 'cancelled' },
    { id: 'msg_2', state: 'sending' },
  ])
})

it('has a name of its own', () => {
  for (const schema of ['public', 'pg_own', 'Own', 'a"b', '', 'a'.repeat(60)]) {
    const open = () => postgresStore(pgDriver(pool), { schema })
    expect(open).toThrow(StoreError)
  }
})

it('takes what a receiver responds, whatever characters it has', async () => {
  const store = postgresStore(pgDriver(pool), { schema: 'texts' })
  await store.enqueue(makeDelivery('msg_1'))
  const [claimed] = (await store.claim({ limit: 1, lease: 1000 })).deliveries
  if (!claimed) throw new Error('nothing was claimed')
  const detail = 'a\0b\uD800c'
  const response = { headers: { 'x-odd': '\uDC00' }, body: '\0\uD800"\\' }
  const transition = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
  const attempt = { startedAt: 1, duration: 1, detail, response }
  expect(await store.commit(claimed, transition, attempt)).toMatchObject({ kind: 'done' })
  const [record] = await store.query()
  expect(record?.attempts).toEqual([{ ...attempt, detail: 'a\uFFFDb\uFFFDc' }])
})

it('stores the others of a batch when one cannot be stored', async () => {
  const store = postgresStore(pgDriver(pool), { schema: 'texts' })
  const enqueued = await Promise.allSettled([
    store.enqueue(makeDelivery('msg_2')),
    store.enqueue(makeDelivery('msg_3', { owner: 'a\0b' })),
    store.enqueue(makeDelivery('msg_4')),
  ])
  expect(enqueued.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect((await store.query()).map(({ id }) => id)).toEqual(['msg_4', 'msg_2', 'msg_1'])
})

it('stores the others of a batch when what one repeats cannot be read', async () => {
  const store = postgresStore(pgDriver(pool), { schema: 'texts' })
  await store.enqueue(makeDelivery('msg_5', { dedupeKey: 'paid-1' }))
  await pool.query("UPDATE texts.message SET settings = 'x' WHERE id = 'msg_5'")
  const enqueued = await Promise.allSettled([
    store.enqueue(makeDelivery('msg_6', { dedupeKey: 'paid-1' })),
    store.enqueue(makeDelivery('msg_7')),
  ])
  expect(enqueued).toMatchObject([
    { status: 'rejected', reason: { code: 'corrupt' } },
    { status: 'fulfilled', value: { kind: 'stored' } },
  ])
})
