// The server's clock is set back: what an hour ahead of it has written is sent as if nothing had happened.
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { pgDriver, postgresStore } from '../src/index.ts'
import { makeDelivery } from './make-delivery.ts'
import { startPostgres } from './start-postgres.ts'

const server = await startPostgres()
const pool = new pg.Pool({ connectionString: server.url, max: 4 })
const store = postgresStore(pgDriver(pool))
afterAll(async () => {
  await pool.end()
  await server.stop()
}, 60_000)

const HOUR = 3_600_000
const TIMES = {
  queue: ['due_at'],
  sending: ['lease_ends_at'],
  endpoint: ['ready_at', 'turn_at', 'due_at'],
  owner: ['ready_at', 'turn_at'],
  signal: ['due_at'],
  turn: ['last', 'lease_ends_at'],
}

/** Makes every time that was written be that of a clock that was an hour ahead. */
async function setClockBack() {
  for (const [table, columns] of Object.entries(TIMES)) {
    const set = columns.map((column) => `${column} = ${column} + ${HOUR}`).join(', ')
    await pool.query(`UPDATE ringback.${table} SET ${set}`)
  }
}

async function claim(limit = 10) {
  const { deliveries, nextIn } = await store.claim({ limit, lease: 60_000 })
  return { deliveries, ids: deliveries.map(({ id }) => id).sort(), nextIn }
}

it('sends what was due, and keeps the delay of what was due later', async () => {
  const now = Date.now()
  const at = (id: string, delay: number) =>
    store.enqueue(makeDelivery(id, { createdAt: now, dueAt: now + delay }))
  for (const id of ['msg_1', 'msg_2', 'msg_3']) await at(id, 0)
  await at('msg_later', 60_000)
  const { deliveries } = await claim(1)
  await setClockBack()
  expect(await claim()).toMatchObject({ ids: ['msg_2', 'msg_3'] })
  for (let n = 4; n < 7; n += 1) {
    await at(`msg_${n}`, 0)
    expect(await claim()).toMatchObject({ ids: [`msg_${n}`] })
  }
  const { nextIn } = await claim()
  expect(nextIn).toBeGreaterThan(0)
  expect(nextIn).toBeLessThanOrEqual(60_000)
  // the lease of what was being sent holds
  const [claimed] = deliveries
  if (!claimed) throw new Error('nothing was claimed')
  const delivered = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
  expect(await store.commit(claimed, delivered)).toMatchObject({ kind: 'done' })
  const { rows } = await pool.query('SELECT lease_ends_at AS at FROM ringback.turn')
  expect(rows[0].at).toBeLessThan(Date.now() + 61_000)
})
