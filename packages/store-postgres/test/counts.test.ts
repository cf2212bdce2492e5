// The counts of a schema: those of every process, and nothing twice.
import { createSender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import pg from 'pg'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { pgDriver, postgresStore } from '../src/index.ts'
import { emptyTables } from './empty-tables.ts'
import { makeDelivery } from './make-delivery.ts'
import { startPostgres } from './start-postgres.ts'
import { startSink } from './start-sink.ts'

const server = await startPostgres()
const pool = new pg.Pool({ connectionString: server.url, max: 8 })
const driver = pgDriver(pool)
let now = 1000 * 60_000
const clock = { now: () => now }
const open = () => postgresStore(driver, { clock })

await open().migrate()
beforeEach(() => emptyTables(driver))
afterAll(async () => {
  await pool.end()
  await server.stop()
})

async function countIn(store: ReturnType<typeof open>) {
  const counted = await store.stats?.({ since: now - 60_000 })
  return counted?.counts.get('end cancelled') ?? 0
}

it('are the same in every process, within a second', async () => {
  const [first, second] = [open(), open()]
  await first.enqueue(makeDelivery('msg_1', { state: 'cancelled' }))
  await first.enqueue(makeDelivery('msg_2', { state: 'cancelled' }))
  expect(await countIn(first)).toBe(2)
  expect(await countIn(second)).toBe(1)
  now += 1000
  await first.claim({ limit: 1, lease: 1000 })
  expect(await countIn(second)).toBe(2)
  expect(await countIn(first)).toBe(2)
})

it('of processes that write the same places at once are added up', async () => {
  const stores = Array.from({ length: 6 }, open)
  await Promise.all(
    stores.map(async (store, one) => {
      for (let n = 0; n < 20; n += 1) {
        const place = { endpoint: `https://${n % 5}.example`, state: 'cancelled' } as const
        await store.enqueue(makeDelivery(`msg_${one}_${n}`, place))
      }
    }),
  )
  now += 1000
  for (const store of stores) await store.claim({ limit: 1, lease: 1000 })
  for (const store of stores) expect(await countIn(store)).toBe(120)
})

it('of a minute are added up once it is over', async () => {
  const stores = [open(), open(), open()]
  const begun = Math.floor(now / 60_000) * 60_000
  const rowsOf = async (table: string) => {
    const rows = await driver.run(`SELECT DISTINCT at FROM ringback.${table} ORDER BY at`)
    return rows.map(({ at }) => Number(at) - begun)
  }
  for (const [n, store] of stores.entries()) {
    await store.enqueue(makeDelivery(`msg_${n}`, { state: 'cancelled' }))
  }
  expect(await rowsOf('recent_count')).toEqual([0])
  now += 60_000
  await stores[0]?.enqueue(makeDelivery('msg_later', { state: 'cancelled' }))
  expect(await rowsOf('recent_count')).toEqual([60_000])
  expect(await rowsOf('count')).toEqual([0])
  for (const store of stores) expect(await countIn(store)).toBe(4)
})

it('wait while they cannot be written, and stop no delivery', async () => {
  let isDown = true
  const store = postgresStore(
    {
      ...driver,
      run: (sql, values) =>
        isDown && sql.includes('.recent_count ')
          ? Promise.reject(new Error('no space'))
          : driver.run(sql, values),
    },
    { clock },
  )
  await store.enqueue(makeDelivery('msg_1', { state: 'cancelled' }))
  isDown = false
  expect(await countIn(store)).toBe(1)
  now += 1000
  await store.claim({ limit: 1, lease: 1000 })
  expect(await countIn(open())).toBe(1)
})

it('have a delivery of a transaction of the application once that is committed, and none that is rolled back', async () => {
  const store = open()
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await store.enqueueIn(client, makeDelivery('msg_1', { state: 'cancelled' }))
    await client.query('ROLLBACK')
    expect(await countIn(store)).toBe(0)
    await client.query('BEGIN')
    await store.enqueueIn(client, makeDelivery('msg_2', { state: 'cancelled' }))
    // a worker goes on while the transaction is open
    now += 1000
    await store.claim({ limit: 1, lease: 1000 })
    expect(await countIn(store)).toBe(0)
    await client.query('COMMIT')
  } finally {
    client.release()
  }
  expect(await countIn(store)).toBe(1)
  now += 1000
  await store.claim({ limit: 1, lease: 1000 })
  expect(await countIn(open())).toBe(1)
})

it('have one cancel once', async () => {
  const store = open()
  await store.enqueue(makeDelivery('msg_1'))
  await store.cancel('msg_1')
  await store.cancel('msg_1')
  expect(await countIn(store)).toBe(1)
})

it('have one cancel once when two processes cancel at the same time', async () => {
  const stores = [open(), open()]
  await stores[0]?.enqueue(makeDelivery('msg_1'))
  const client = await pool.connect()
  await client.query('BEGIN')
  await client.query("SELECT 1 FROM ringback.queue WHERE id = 'msg_1' FOR UPDATE")
  const cancelling = Promise.all(stores.map((store) => store.cancel('msg_1')))
  const isWaiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`
  await expect.poll(async () => (await pool.query(isWaiting)).rows.length).toBe(2)
  await client.query('COMMIT')
  client.release()
  expect((await cancelling).map((one) => one?.state)).toEqual(['cancelled', 'cancelled'])
  for (const store of stores) await store.flush?.()
  expect(await countIn(open())).toBe(1)
})

it('of the last second are written when the sender stops', async () => {
  const sink = await startSink(0)
  const own = new pg.Pool({ connectionString: server.url, max: 4 })
  const store = postgresStore(pgDriver(own))
  const sender = createSender({
    store,
    secrets: [`whsec_${Buffer.alloc(32, 'counts').toString('base64')}`],
    fetch: guardedFetch({ policy: { allowLoopback: true } }),
  })
  const url = `${sink.url}/`
  for (const id of ['msg_1', 'msg_2', 'msg_3']) {
    await store.enqueue(makeDelivery(id, { url, endpoint: sink.url, createdAt: 0, dueAt: 0 }))
    await sender.sendDue()
  }
  await sender.stop()
  await own.end()
  await sink.stop()
  const counted = await postgresStore(driver).stats?.({ since: Date.now() - 600_000 })
  expect(counted?.counts.get('end delivered')).toBe(3)
})
