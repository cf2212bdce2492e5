// What is in an SQLite file moves to PostgreSQL by the program of docs/postgres.md, and nothing is lost.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Delivery } from '@ringback/sender'
import { copyDeliveries, pgDriver, postgresStore } from '@ringback/store-postgres'
import { sqliteStore } from '@ringback/store-sqlite'
import { startDatabase } from 'orders/src/start-database.ts'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'copy-'))
const database = await startDatabase()
const pool = new pg.Pool({ connectionString: database.url, max: 4 })
afterAll(async () => {
  await pool.end()
  await database.stop()
  rmSync(folder, { recursive: true })
})

const COUNT = 450
const HOUR = 3_600_000
const CLAIM = { lease: 60_000, limit: 1 }

/** Fills a file with deliveries of every state. */
async function fillFile() {
  const store = sqliteStore(join(folder, 'callbacks.db'))
  const enqueue = (id: string, given: Partial<Delivery> = {}) =>
    store.enqueue({
      ...{ id, state: 'scheduled', owner: 'ann', operationId: 'o', callback: 'c', method: 'post' },
      ...{
        url: 'https://a.example/in',
        endpoint: 'https://a.example',
        attemptCount: 0,
        refusals: 0,
      },
      createdAt: Date.now(),
      dueAt: Date.now(),
      payload: new TextEncoder().encode(`"${id}"`),
      settings: { headers: { 'x-own': id } },
      ...given,
    })
  const commit = async (state: 'delivered' | 'dead') => {
    const [claimed] = (await store.claim(CLAIM)).deliveries
    if (!claimed) throw new Error('nothing was claimed')
    const dead = state === 'dead' && { reason: 'exhausted' as const, detail: 'HTTP 500' }
    const change = { state, attemptCount: 1, refusals: 0, ...dead }
    await store.commit(claimed, change, { startedAt: 1000, duration: 5, status: 500 })
  }
  await enqueue('msg_a_delivered')
  await commit('delivered')
  await enqueue('msg_b_dead')
  await commit('dead')
  await enqueue('msg_c_sending')
  await store.claim(CLAIM)
  await enqueue('msg_d_cancelled')
  await store.cancel('msg_d_cancelled')
  await enqueue('msg_e_keyed', { dedupeKey: 'k', orderKey: 'o', expiresAt: Date.now() + HOUR })
  for (let n = 0; n < COUNT; n += 1) {
    await enqueue(`msg_later_${String(n).padStart(4, '0')}`, { dueAt: Date.now() + HOUR })
  }
  return store
}

it('copies every delivery with payload, attempts and times, again after it was broken off', async () => {
  const from = await fillFile()
  const driver = pgDriver(pool)
  let statements = 0
  const broken = postgresStore({
    async run(text, values) {
      statements += 1
      if (statements > 250) throw new Error('Connection terminated unexpectedly')
      return driver.run(text, values)
    },
  })
  await expect(copyDeliveries(from, broken)).rejects.toMatchObject({ code: 'unreachable' })
  const to = postgresStore(driver)
  const { copied, known } = await copyDeliveries(from, to)
  expect(known).toBeGreaterThan(0)
  expect(copied).toBeGreaterThan(0)
  expect(copied + known).toBe(COUNT + 5)
  expect(await copyDeliveries(from, to)).toEqual({ copied: 0, known: COUNT + 5 })

  const ours = await from.query({ limit: 1000 })
  const theirs = await to.query({ limit: 1000 })
  const withoutDue = ({ dueAt: _, state, ...rest }: Delivery) => ({
    ...rest,
    state: state === 'sending' ? 'scheduled' : state,
  })
  expect(theirs.map(withoutDue)).toEqual(ours.map(withoutDue))
  for (const [n, { dueAt, state }] of ours.entries()) {
    if (state === 'scheduled') {
      expect(Math.abs((theirs[n]?.dueAt ?? 0) - Math.max(dueAt ?? 0, Date.now()))).toBeLessThan(
        60_000,
      )
    }
  }
  for (const { id } of ours) {
    const [one, other] = [await from.find(id), await to.find(id)]
    expect(other?.payload).toEqual(one?.payload)
    expect(other?.settings).toEqual(one?.settings)
  }
  const { deliveries } = await to.claim({ lease: 60_000, limit: 100 })
  expect(deliveries.map(({ id }) => id).sort()).toEqual(['msg_c_sending', 'msg_e_keyed'])
  from.close()
})
