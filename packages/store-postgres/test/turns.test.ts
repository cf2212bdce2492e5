// Turns and queues beyond what one round of a claim looks at.
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { pgliteDriver, postgresStore } from '../src/index.ts'
import { emptyTables } from './empty-tables.ts'
import { makeDelivery } from './make-delivery.ts'

const database = new PGlite()
const driver = pgliteDriver(database)
let now = 1_000_000
const store = postgresStore(driver, { clock: { now: () => now } })
await store.migrate()
beforeEach(() => emptyTables(driver))
afterAll(() => database.close())

async function claim(limit: number) {
  now += 1
  const { deliveries, nextIn } = await store.claim({ limit, lease: 60_000 })
  return {
    ids: deliveries.map(({ id }) => id),
    owners: deliveries.map(({ owner }) => owner),
    nextIn,
  }
}

it('give each of more owners than a round has its turn before any has another', async () => {
  for (let n = 0; n < 20 * 4; n += 1) {
    const owner = `owner-${String(n % 20).padStart(2, '0')}`
    await store.enqueue(makeDelivery(`msg_${String(n).padStart(3, '0')}`, { owner }))
  }
  const first = await claim(32)
  expect(first.owners.length).toBe(32)
  expect(new Set(first.owners).size).toBe(16)
  const second = await claim(4)
  expect(second.owners.sort()).toEqual(['owner-16', 'owner-17', 'owner-18', 'owner-19'])
  expect((await claim(100)).ids.length).toBe(44)
  expect(await claim(100)).toMatchObject({ ids: [] })
})

it('find what is due earlier than what a queue began with', async () => {
  const at = (id: string, delay: number) =>
    store.enqueue(makeDelivery(id, { createdAt: now, dueAt: now + delay }))
  await at('msg_1', 60_000)
  expect(await claim(10)).toMatchObject({ ids: [], nextIn: 59_999 })
  await at('msg_2', 30_000)
  expect(await claim(10)).toMatchObject({ ids: [], nextIn: 29_999 })
  await at('msg_3', 0)
  expect((await claim(10)).ids).toEqual(['msg_3'])
  // what is made due at once lies before all others, and what is cancelled is not waited for
  await store.redrive('msg_1')
  expect((await claim(10)).ids).toEqual(['msg_1'])
  await at('msg_4', 50_000)
  await store.cancel('msg_2')
  expect((await claim(10)).nextIn).toBeGreaterThan(49_000)
})
