// A claim ends others in its transaction before it waits for its turn: nobody who has the turn waits for their rows.
import type { ClaimedDelivery } from '@ringback/sender'
import pg from 'pg'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { pgDriver, postgresStore } from '../src/index.ts'
import { emptyTables } from './empty-tables.ts'
import { makeDelivery } from './make-delivery.ts'
import { startPostgres } from './start-postgres.ts'

const server = await startPostgres()
const pool = new pg.Pool({ connectionString: server.url, max: 8 })
const driver = pgDriver(pool)
const store = postgresStore(driver)
const other = postgresStore(driver)
await store.migrate()
await other.migrate()
beforeEach(() => emptyTables(driver))
afterAll(async () => {
  await pool.end()
  await server.stop()
})

const LOCK = `SELECT pg_advisory_xact_lock(hashtext('"ringback" ringback claim'), 1)`
const CLAIM = { limit: 10, lease: 60_000 }
const DELIVERED = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
const ATTEMPT = { startedAt: 1000, duration: 5, status: 200 }

async function countWaiting() {
  const [row] = await driver.run(
    "SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
  )
  return Number(row?.n)
}

/** Runs work that may wait for the turn of claims, and then a claim that commits, before anybody has the turn. */
async function race<TResult>(claimed: ClaimedDelivery, work: () => Promise<TResult>) {
  const holder = await pool.connect()
  await holder.query('BEGIN')
  await holder.query(LOCK)
  let isOver = false
  const working = work().finally(() => {
    isOver = true
  })
  working.catch(() => {})
  await expect.poll(async () => isOver || (await countWaiting()) === 1).toBe(true)
  const before = await countWaiting()
  const committing = store.commit(claimed, DELIVERED, ATTEMPT)
  const claiming = store.claim(CLAIM)
  claiming.catch(() => {})
  await expect.poll(countWaiting).toBe(before + 1)
  await holder.query('COMMIT')
  holder.release()
  const [result, committed] = await Promise.all([working, committing, claiming])
  return { result, committed }
}

async function claimOne() {
  const [claimed] = (await store.claim(CLAIM)).deliveries
  if (!claimed) throw new Error('nothing was claimed')
  return claimed
}

it('cancels what a claim commits', async () => {
  await store.enqueue(makeDelivery('msg_1'))
  const { result, committed } = await race(await claimOne(), () => other.cancel('msg_1'))
  expect(result).toMatchObject({ state: 'cancelled' })
  expect(committed).toMatchObject({ kind: 'done' })
  expect(await store.find('msg_1')).toMatchObject({ state: 'delivered' })
})

it('removes an endpoint of which a claim commits', async () => {
  const id = `ep_${'1'.padStart(32, '0')}`
  await store.endpoints.add({
    id,
    owner: 'default',
    url: 'https://a.example/',
    events: ['*'],
    keys: [{ generation: 1 }],
    state: 'enabled',
    createdAt: 0,
    updatedAt: 0,
  })
  for (const n of [1, 2]) await store.enqueue(makeDelivery(`msg_${n}`, { endpoint: id }))
  const claimed = await claimOne()
  const { committed } = await race(claimed, async () => {
    while ((await other.endpoints.remove(id)) === 'more');
  })
  expect(committed.kind).not.toBe('lost')
  expect((await store.query({ state: 'cancelled' })).length).toBeGreaterThan(0)
  expect(await store.query({ state: 'sending' })).toEqual([])
})

it('claims after the clock was set back while another claim commits', async () => {
  for (const n of [1, 2]) await store.enqueue(makeDelivery(`msg_${n}`))
  const claimed = await claimOne()
  await driver.run(
    'UPDATE ringback.turn SET last = last + 3600000, lease_ends_at = lease_ends_at + 3600000',
  )
  await driver.run('UPDATE ringback.sending SET lease_ends_at = lease_ends_at + 3600000')
  const { committed } = await race(claimed, () => other.claim(CLAIM))
  expect(committed).toMatchObject({ kind: 'done' })
})
