// Webhooks that are stored in a transaction of the application, and those of very many endpoints.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { invoicePaid, PAID, webhookScene } from './webhook-scene.ts'

const ANN = { owner: 'ann' }

it.each([
  ['COMMIT', 2],
  ['ROLLBACK', 0],
])('stores a webhook with the rows of the transaction or not at all: %s', async (end, count) => {
  const scene = await webhookScene({ store: 'sqliteStore' }, [204], [204])
  const { sender, receivers, register, sendAfter } = scene
  await register()
  const database = new DatabaseSync(join(scene.folder, 'callbacks.db'))
  onTestFinished(() => database.close())
  const prepared = await sender.preparePublish(invoicePaid, PAID, ANN)
  database.exec('CREATE TABLE invoice (id TEXT); BEGIN; INSERT INTO invoice VALUES (1)')
  const published = prepared.enqueue(database)
  expect(published).toEqual({ id: expect.stringMatching(/^msg_/), count: 2 })
  database.exec(end)
  expect(await sendAfter(0)).toBe(count)
  expect(receivers.map(({ requests }) => requests.length)).toEqual([count / 2, count / 2])
})

it('stores no transaction of its own in a store in memory', async () => {
  const { sender } = await webhookScene({ store: 'memoryStore' })
  const prepared = await sender.preparePublish(invoicePaid, PAID, ANN)
  expect(() => prepared.enqueue({ exec() {} })).toThrow('transaction')
})

it('publishes to 10,000 endpoints with one payload, and another owner waits for one request', async () => {
  const { folder, store, sender, receivers } = await webhookScene(
    { store: 'sqliteStore', limits: { endpoint: { concurrency: 1 } } },
    [204],
  )
  const [{ url } = { url: '' }] = receivers
  const keys = [{ generation: 1 }]
  const times = { createdAt: 1, updatedAt: 1, state: 'enabled', events: ['invoice.*'] } as const
  const added = Array.from({ length: 10_000 }, (_, n) => {
    const id = `ep_${String(n).padStart(32, '0')}`
    return store.endpoints.add({ id, ...ANN, url, keys, ...times })
  })
  await Promise.all(added)
  await sender.endpoints.create({ owner: 'bob', url })
  const big = { id: 'x'.repeat(500_000), amount: 1 }
  const { rss } = process.memoryUsage()
  const published = await sender.publish(invoicePaid, big, ANN)
  // ten thousand payloads would be five gigabytes
  expect(process.memoryUsage().rss - rss).toBeLessThan(300_000_000)
  expect(published.count).toBe(10_000)
  await sender.publish(invoicePaid, PAID, { owner: 'bob' })
  const { deliveries } = await store.claim({ limit: 2, lease: 1000 })
  expect(deliveries.map(({ owner }) => owner).sort()).toEqual(['ann', 'bob'])
  const database = new DatabaseSync(join(folder, 'callbacks.db'))
  onTestFinished(() => database.close())
  const bytes = database.prepare('SELECT sum(length(payload)) AS n FROM ringback_message').get()
  expect(bytes?.n).toBeLessThan(501_000)
})
