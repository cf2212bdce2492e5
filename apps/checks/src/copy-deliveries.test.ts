// What is in an SQLite file moves to PostgreSQL by the program of docs/postgres.md, and nothing is lost.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  createSender,
  type Delivery,
  type DeliveryStore,
  generateMasterKey,
} from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { generateSecret, verify } from '@ringback/signing'
import { copyDeliveries, pgDriver, postgresStore } from '@ringback/store-postgres'
import { sqliteStore } from '@ringback/store-sqlite'
import { startReceiver } from '@ringback/testkit/node'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { startPostgres } from '../../../packages/store-postgres/test/start-postgres.ts'
import { createOrder, ordersApp, postTo } from '../test/keep/orders.ts'
import { invoicePaid, PAID } from './webhook-scene.ts'

const folder = mkdtempSync(join(tmpdir(), 'copy-'))
const database = await startPostgres()
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
  expect(await copyDeliveries(from, to)).toMatchObject({ copied: 0, known: COUNT + 5 })

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

it('copies endpoints, exchanges and messages, so that a sender on PostgreSQL goes on', async () => {
  const hooks = await startReceiver([204])
  const shop = await startReceiver([410, 204])
  const file = join(folder, 'webhooks.db')
  const from = sqliteStore(file)
  const transport = guardedFetch({ policy: { allowLoopback: true } })
  const keys = { secrets: [generateSecret()], masterKey: generateMasterKey() }
  const open = (store: DeliveryStore) =>
    createSender({ ...keys, store, fetch: transport, log: false })
  const before = open(from)
  const ann = { owner: 'ann' }
  const secret = generateSecret()
  const headers = { Authorization: 'Bearer own' }
  const endpoint = await before.endpoints.create({ ...ann, url: hooks.url, secret, headers })
  const paused = await before.endpoints.create({ ...ann, url: hooks.url, events: ['order.*'] })
  await before.endpoints.disable(paused.id)
  await postTo(ordersApp(before), '/orders', shop.url)
  const dead = await before.resume(createOrder, 'order-1').paid.send({ amount: 1 })
  await before.publish(invoicePaid, PAID, { ...ann, dedupeKey: 'first' })
  await before.sendDue()
  expect(await before.deliveries({ id: dead.id })).toMatchObject([
    { state: 'dead', reason: 'gone' },
  ])
  const published = await before.publish(invoicePaid, PAID, { ...ann, dedupeKey: 'second' })

  // broken off at every so many statements, and run again
  const database = new DatabaseSync(file, { readOnly: true })
  const driver = pgDriver(pool)
  const options = { schema: 'webhooks' }
  const to = postgresStore(driver, options)
  await to.migrate()
  let breaks = 0
  for (let most = 2; ; most += 1, breaks += 1) {
    let statements = 0
    const broken = postgresStore(
      {
        async run(text, values) {
          statements += 1
          if (statements > most) throw new Error('Connection terminated unexpectedly')
          return driver.run(text, values)
        },
      },
      options,
    )
    const isDone = await copyDeliveries(from, broken, database).then(
      () => true,
      () => false,
    )
    if (isDone) break
  }
  expect(breaks).toBeGreaterThan(5)
  expect(await copyDeliveries(from, to, database)).toEqual({
    ...{ copied: 0, known: 3, endpoints: 0, exchanges: 0, messages: 0 },
  })

  const after = open(to)
  const withoutDue = ({ dueAt: _, ...rest }: Delivery) => rest
  const deliveries = async (sender: typeof after) => (await sender.deliveries()).map(withoutDue)
  expect(await deliveries(after)).toEqual(await deliveries(before))
  expect(await after.endpoints.list(ann)).toEqual(await before.endpoints.list(ann))
  expect(await after.endpoints.secret(endpoint.id)).toBe(secret)
  // what was published is known, and what waited is sent, with the endpoint's own secret and headers
  const again = await after.publish(invoicePaid, PAID, { ...ann, dedupeKey: 'second' })
  expect(again.id).toBe(published.id)
  await after.redrive(dead.id)
  await after.resume(createOrder, 'order-1').paid.send({ amount: 2 })
  expect((await after.sendDue()).sent).toBe(3)
  expect(hooks.requests).toHaveLength(2)
  const request = hooks.requests[1]
  if (!request) throw new Error('nothing was received')
  const { headers: received, body } = request
  expect(received).toMatchObject({ authorization: 'Bearer own' })
  const now = Number(received['webhook-timestamp'])
  await verify({ headers: received, body, secrets: [secret], now })
  expect(shop.requests.map((request) => request.body)).toEqual([
    '{"amount":1}',
    ...['{"amount":1}', '{"amount":2}'],
  ])
  // a replay finds what was published before the copy, and sends nothing twice
  const late = await after.endpoints.create({ ...ann, url: hooks.url, secret })
  expect(await after.replay({ endpoint: late.id, since: 0 }, ann)).toBe(2)
  expect(await after.replay({ endpoint: late.id, since: 0 }, ann)).toBe(0)
  expect(await after.replay({ endpoint: endpoint.id, since: 0 }, ann)).toBe(0)
  expect((await after.sendDue()).sent).toBe(2)
  const bodies = hooks.requests.map((one) => one.body)
  expect(bodies.slice(2).sort()).toEqual(bodies.slice(0, 2).sort())
  // a message goes with the last of its deliveries
  while ((await to.erase({ owner: 'ann' })) > 0);
  expect(await driver.run('SELECT id FROM webhooks.publication')).toEqual([])
  await Promise.all([before.stop(), after.stop()])
  database.close()
  from.close()
  await Promise.all([transport.close(), hooks.close(), shop.close()])
})
