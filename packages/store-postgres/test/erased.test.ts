// What repeats a delivery or a message that is erased at this moment is stored, and never taken for what is gone.
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { pgDriver, postgresStore } from '../src/index.ts'
import { makeDelivery } from './make-delivery.ts'
import { startPostgres } from './start-postgres.ts'

const server = await startPostgres()
const pool = new pg.Pool({ connectionString: server.url, max: 6 })
const store = postgresStore(pgDriver(pool))
await store.migrate()
afterAll(async () => {
  await pool.end()
  await server.stop()
})

/** Begins work, erases once it waits for a lock on a table, and lets it go on. */
async function eraseDuring<TResult>(
  work: () => Promise<TResult>,
  { lock, erase }: { readonly lock: string; readonly erase: string },
): Promise<TResult> {
  const client = await pool.connect()
  await client.query('BEGIN')
  await client.query(lock)
  const working = work()
  working.catch(() => {})
  const isWaiting = `SELECT 1 FROM pg_locks WHERE locktype = 'relation' AND NOT granted`
  await expect.poll(async () => (await pool.query(isWaiting)).rows.length).toBe(1)
  await client.query(erase)
  await client.query('COMMIT')
  client.release()
  return await working
}

it('stores a delivery whose dedupeKey is erased', async () => {
  await store.enqueue(makeDelivery('msg_1', { dedupeKey: 'paid-1' }))
  const attempt = { startedAt: 0, duration: 1, status: 200 }
  const enqueued = await eraseDuring(
    () =>
      Promise.all([
        store.enqueue(makeDelivery('msg_2', { dedupeKey: 'paid-1' })),
        // its attempts are stored after it was found that the other is known
        store.enqueue(makeDelivery('msg_3', { state: 'delivered', attemptCount: 1 }), [attempt]),
      ]),
    {
      lock: 'LOCK TABLE ringback.attempt IN SHARE MODE',
      erase: `DELETE FROM ringback.queue WHERE id = 'msg_1';
        DELETE FROM ringback.message WHERE id = 'msg_1'`,
    },
  )
  expect(enqueued.map(({ kind }) => kind)).toEqual(['stored', 'stored'])
  expect((await store.query()).map(({ id }) => id)).toEqual(['msg_3', 'msg_2'])
})

it('stores a message whose dedupeKey is erased', async () => {
  const publish = (id: string) =>
    store.endpoints.publish(
      {
        ...{ id, owner: 'ann', operationId: '', callback: 'paid', method: 'post' },
        ...{ createdAt: 0, dedupeKey: 'paid-2', payload: new Uint8Array([123, 125]) },
      },
      ['*'],
    )
  await publish('msg_4')
  const published = await eraseDuring(() => publish('msg_5'), {
    lock: 'LOCK TABLE ringback.message IN ACCESS EXCLUSIVE MODE',
    erase: "DELETE FROM ringback.publication WHERE id = 'msg_4'",
  })
  expect(published).toEqual({ kind: 'stored', id: 'msg_5', count: 0 })
  const { rows } = await pool.query('SELECT id FROM ringback.publication')
  expect(rows).toEqual([{ id: 'msg_5' }])
})
