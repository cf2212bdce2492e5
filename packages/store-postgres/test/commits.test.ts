// A commit whose response was lost is made again by the worker, and stands as it was made.
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { type PostgresDriver, pgDriver, postgresStore } from '../src/index.ts'
import { emptyTables } from './empty-tables.ts'
import { makeDelivery } from './make-delivery.ts'
import { startPostgres } from './start-postgres.ts'

const server = await startPostgres()
const pool = new pg.Pool({ connectionString: server.url, max: 4 })
const driver = pgDriver(pool)
const store = postgresStore(driver)
await store.migrate()
afterAll(async () => {
  await pool.end()
  await server.stop()
})

const CLAIM = { limit: 1, lease: 60_000 }
const ATTEMPT = { startedAt: 1000, duration: 5, status: 200 }
const DELIVERED = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
const AGAIN = { state: 'scheduled', attemptCount: 1, refusals: 0, delay: 0 } as const

/** A driver whose connection is lost once, after the statement that has this in its text was run. */
function loseResponseOf(part: string): PostgresDriver {
  let isLost = false
  return {
    async run(text, values) {
      const rows = await driver.run(text, values)
      if (isLost || !text.includes(part)) return rows
      isLost = true
      throw new Error('Connection terminated unexpectedly')
    },
  }
}

async function claimOne(used = store) {
  const [claimed] = (await used.claim(CLAIM)).deliveries
  if (!claimed) throw new Error('nothing was claimed')
  return claimed
}

async function attemptsOf(id: string) {
  return (await store.query({ id }))[0]?.attempts
}

it('is done when it is made again', async () => {
  await emptyTables(driver)
  const flaky = postgresStore(loseResponseOf('commit_v2'))
  await store.enqueue(makeDelivery('msg_1'))
  const claimed = await claimOne(flaky)
  await expect(flaky.commit(claimed, DELIVERED, ATTEMPT)).rejects.toMatchObject({
    code: 'unreachable',
  })
  expect(await flaky.commit(claimed, DELIVERED, ATTEMPT)).toMatchObject({
    kind: 'done',
    delivery: { state: 'delivered' },
  })
  expect(await attemptsOf('msg_1')).toEqual([ATTEMPT])
})

it('is done when another claim has the delivery since, which keeps its own', async () => {
  await emptyTables(driver)
  await store.enqueue(makeDelivery('msg_1'))
  const first = await claimOne()
  await store.commit(first, AGAIN, ATTEMPT)
  const second = await claimOne()
  expect(await store.commit(first, AGAIN, ATTEMPT)).toMatchObject({ kind: 'done' })
  const later = { ...ATTEMPT, startedAt: 2000 }
  expect(await store.commit(second, DELIVERED, later)).toMatchObject({ kind: 'done' })
  expect(await attemptsOf('msg_1')).toEqual([ATTEMPT, later])
})

it('is done when the claim that took it along has lost its response', async () => {
  await emptyTables(driver)
  await store.enqueue(makeDelivery('msg_1'))
  const claimed = await claimOne()
  const flaky = postgresStore(loseResponseOf('claim_v2'))
  await flaky.migrate()
  const committing = flaky.commit(claimed, DELIVERED, ATTEMPT)
  await expect(flaky.claim(CLAIM)).rejects.toMatchObject({ code: 'unreachable' })
  expect(await committing).toMatchObject({ kind: 'done' })
  expect(await attemptsOf('msg_1')).toEqual([ATTEMPT])
})

it('leaves one orphan when the lease was lost, however often it is made', async () => {
  await emptyTables(driver)
  await store.enqueue(makeDelivery('msg_1'))
  const stale = await claimOne()
  await driver.run('UPDATE ringback.sending SET lease_ends_at = 0')
  await driver.run('UPDATE ringback.turn SET lease_ends_at = 0')
  await claimOne()
  expect(await store.commit(stale, DELIVERED, ATTEMPT)).toEqual({ kind: 'lost' })
  expect(await store.commit(stale, DELIVERED, ATTEMPT)).toEqual({ kind: 'lost' })
  expect(await attemptsOf('msg_1')).toEqual([{ ...ATTEMPT, isOrphan: true }])
})

it('adds its attempt once when the delivery was cancelled', async () => {
  await emptyTables(driver)
  await store.enqueue(makeDelivery('msg_1'))
  const claimed = await claimOne()
  await store.cancel('msg_1')
  const failed = { ...ATTEMPT, status: 500 }
  expect(await store.commit(claimed, AGAIN, failed)).toMatchObject({ kind: 'cancelled' })
  expect(await store.commit(claimed, AGAIN, failed)).toMatchObject({ kind: 'cancelled' })
  expect(await attemptsOf('msg_1')).toEqual([failed])
})

it('is not made twice by a claim whose endpoints could not be read', async () => {
  await emptyTables(driver)
  const flaky = loseResponseOf('.subscription WHERE id')
  const texts: string[] = []
  const recorded = postgresStore({
    run(text, values) {
      texts.push(text)
      return flaky.run(text, values)
    },
  })
  await recorded.enqueue(makeDelivery('msg_1'))
  const claimed = await claimOne(recorded)
  const endpoint = `ep_${'1'.padStart(32, '0')}`
  await store.enqueue(makeDelivery('msg_2', { endpoint }))
  texts.length = 0
  const committed = recorded.commit(claimed, DELIVERED, ATTEMPT)
  await expect(recorded.claim(CLAIM)).rejects.toMatchObject({ code: 'unreachable' })
  expect(await committed).toMatchObject({ kind: 'done' })
  // what is still to be committed goes before the next claim
  await recorded.query()
  await recorded.claim(CLAIM)
  expect(texts.filter((text) => text.includes('commit_v2'))).toEqual([])
  expect(await attemptsOf('msg_1')).toEqual([ATTEMPT])
})
