import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { startPostgres } from '../../../packages/store-postgres/test/start-postgres.ts'
import { createOrdersSender } from './create-sender.ts'
import { createShopApi } from './external.ts'
import { createOrderTable } from './orders.ts'
import { type Process, startProcess } from './processes.ts'

/** What became of the orders. */
export interface DemoResult {
  readonly orders: number
  /** Deliveries by the worker that made them. */
  readonly deliveredBy: Readonly<Record<string, number>>
  /** Callbacks that the shop has received, and how many of them twice. */
  readonly received: number
  readonly repeated: number
  readonly killed: string
}

/**
 * Starts PostgreSQL, two APIs, two workers and the shop, sends orders through both APIs, kills a worker in the middle,
 * and waits until the shop has received every callback.
 */
export async function runDemo(
  count: number,
  print: (line: string) => void = () => {},
): Promise<DemoResult> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const counts = new Map<string, number>()
  const shop = await serveShop([secret], (order, what) => {
    const key = `${order} ${what}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  })
  const database = await startPostgres()
  const env = { DATABASE_URL: database.url, CALLBACK_SECRET: secret }
  print('PostgreSQL is ready, and the shop listens')
  const processes: Process[] = []
  const start = async (name: string, file: string) => {
    const started = await startProcess(name, file, env)
    processes.push(started)
    return started
  }
  try {
    await createTables(env)
    const apis = await Promise.all([
      start('api 1', './api-process.ts'),
      start('api 2', './api-process.ts'),
    ])
    const workers = await Promise.all([
      start('worker 1', './worker-process.ts'),
      start('worker 2', './worker-process.ts'),
    ])
    print(`two APIs listen at ${apis.map(({ url }) => url).join(' and ')}; two workers send`)

    const [victim] = workers
    for (let n = 0; n < count; n += 1) {
      const api = apis[n % 2]
      if (n === Math.floor(count / 2)) {
        await victim?.kill()
        print(`${victim?.name} is killed after ${n} orders`)
      }
      if (api) await order(api.url, shop.url, `order-${n}`)
    }
    print(`${count} orders are created, paid and shipped`)
    await waitUntil(() => counts.size === 2 * count)
    const repeated = [...counts.values()].filter((received) => received > 1).length
    const deliveredBy = Object.fromEntries(
      workers.map(({ name, delivered }) => [name, delivered.size]),
    )
    return {
      orders: count,
      deliveredBy,
      received: counts.size,
      repeated,
      killed: victim?.name ?? '',
    }
  } finally {
    await Promise.allSettled(processes.map((one) => one.stop()))
    await database.stop()
    await shop.close()
  }
}

async function createTables(env: Readonly<Record<string, string>>): Promise<void> {
  Object.assign(process.env, env)
  const { pool, store } = createOrdersSender()
  await store.migrate()
  await createOrderTable(pool)
  await pool.end()
}

/** Creates an order and ships it, as the shop does. */
async function order(api: string, shop: string, id: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-shop-url': shop }
  const created = await fetch(`${api}/orders`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ id, total: 9999 }),
  })
  const shipped = await fetch(`${api}/orders/${id}/shipment`, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ parcels: [`${id}-1`] }),
  })
  if (!created.ok || !shipped.ok) {
    throw new Error(`the order '${id}' was refused: ${await created.text()}${await shipped.text()}`)
  }
}

function serveShop(
  secrets: readonly string[],
  onReceived: (order: string, what: 'paid' | 'shipped') => void,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { fetch } = createShopApi(secrets, onReceived)
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({
        url: `http://127.0.0.1:${port}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            // the connections of the workers stay open
            ;(server as Server).closeAllConnections()
          }),
      }),
    )
  })
}

// the lease of what the killed worker was sending ends after 45 s
const PATIENCE = 90_000

async function waitUntil(isDone: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE
  while (!isDone()) {
    if (Date.now() > end) throw new Error('the shop has not received every callback')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
