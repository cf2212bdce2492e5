// Deliveries move between tables: whatever runs at once, each is in one of them, and is sent by one worker at a time.
import type { ClaimedDelivery } from '@ringback/sender'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { pgDriver, postgresStore } from '../src/index.ts'
import { makeDelivery } from './make-delivery.ts'
import { startPostgres } from './start-postgres.ts'

const server = await startPostgres()
const pool = new pg.Pool({ connectionString: server.url, max: 12 })
const driver = pgDriver(pool)
const stores = Array.from({ length: 3 }, () => postgresStore(driver))
const [store] = stores
await store?.migrate()
afterAll(async () => {
  await pool.end()
  await server.stop()
})

const COUNT = 200
const IDS = Array.from({ length: COUNT }, (_, n) => `msg_${String(n).padStart(4, '0')}`)

const stateOf = async () => {
  const rows = await driver.run('SELECT id, state FROM ringback.delivery ORDER BY id')
  return new Map(rows.map(({ id, state }) => [String(id), String(state)]))
}

it('are lost by no cancel, redrive, retry or lost lease that runs at the same time', async () => {
  const leases = new Set<string>()
  const cancelled = new Set<string>()
  const delivered = new Set<string>()
  const ends: Promise<void>[] = []
  let isOver = false
  let seed = 7
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const endOne = async (own: (typeof stores)[number], one: ClaimedDelivery) => {
    const key = `${one.id} ${one.lease}`
    expect(leases.has(key), key).toBe(false)
    leases.add(key)
    const chance = random()
    // its lease ends
    if (chance < 0.1) return
    const attempt = { startedAt: Date.now(), duration: 1, status: chance < 0.5 ? 500 : 200 }
    const counts = { attemptCount: one.attemptCount + 1, refusals: 0 }
    if (chance < 0.3) await own.commit(one, { state: 'scheduled', ...counts }, attempt)
    else if (chance < 0.5) {
      await own.commit(one, { state: 'dead', reason: 'exhausted', ...counts }, attempt)
    } else {
      const { kind } = await own.commit(one, { state: 'delivered', ...counts }, attempt)
      if (kind === 'done') delivered.add(one.id)
    }
  }
  const work = async (own: (typeof stores)[number]) => {
    while (!isOver) {
      const { deliveries } = await own.claim({ limit: 10, lease: 20 })
      // the next claim takes along what is to be committed
      ends.push(...deliveries.map((one) => endOne(own, one)))
    }
    await Promise.all(ends)
  }
  const operate = async () => {
    for (let n = 0; n < 3 * COUNT; n += 1) {
      const id = IDS[Math.floor(random() * COUNT)] ?? ''
      if (random() < 0.5) await store?.redrive(id)
      else if ((await store?.cancel(id))?.state === 'cancelled') cancelled.add(id)
    }
  }
  const storing = IDS.map((id, n) =>
    store?.enqueue(
      makeDelivery(id, {
        endpoint: `https://${n % 7}.example`,
        createdAt: 0,
        dueAt: 0,
        ...(n % 3 === 0 && { orderKey: `key-${n % 2}` }),
      }),
    ),
  )
  const working = stores.map(work)
  await Promise.all([...storing, operate(), operate()])
  const isSettled = async () => {
    const states = new Set((await stateOf()).values())
    return !states.has('scheduled') && !states.has('sending')
  }
  await expect.poll(isSettled, { timeout: 40_000, interval: 50 }).toBe(true)
  isOver = true
  await Promise.all(working)

  const states = await stateOf()
  expect([...states.keys()]).toEqual(IDS)
  const rows = await driver.run('SELECT count(*)::int AS n FROM ringback.delivery')
  expect(rows).toEqual([{ n: COUNT }])
  for (const id of delivered) expect(states.get(id), id).toBe('delivered')
  for (const id of cancelled) expect(['cancelled', 'delivered'], id).toContain(states.get(id))
}, 60_000)
