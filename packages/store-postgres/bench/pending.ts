// How long a delivery takes from `send` to its arrival, with LISTEN and by polling; and what claims cost, in time and in
// memory of the worker, with a million pending deliveries: node bench/pending.ts [count]
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { createSender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import pg from 'pg'
import { type PostgresDriver, pgDriver, postgresStore } from '../src/index.ts'
import { makeDelivery } from '../test/make-delivery.ts'
import { startPostgres } from '../test/start-postgres.ts'

const COUNT = Number(process.argv[2] ?? 1_000_000)
const SENDS = 100
const CLAIMS = 50
const LIMIT = 64
// so that each of the claims is full
const FEW = 2 * CLAIMS * LIMIT
const server = await startPostgres(['shared_buffers=256MB', 'max_wal_size=4GB'])
const pool = new pg.Pool({ connectionString: server.url, max: 8 })
const driver = pgDriver(pool)

function at(times: readonly number[], share: number): string {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * share)]?.toFixed(1) ?? ''
}

/** Measures sends one after the other, by a process that stores and a worker that does not know of it. */
async function measureArrivals(name: string, worker: PostgresDriver): Promise<void> {
  const begun = new Map<string, number>()
  const times: number[] = []
  const receiver = createServer((request, response) => {
    const id = String(request.headers['webhook-id'])
    times.push(performance.now() - (begun.get(id) ?? Number.NaN))
    response.end()
  })
  await new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  const options = { schema: name }
  const sender = createSender({
    store: postgresStore(worker, options),
    secrets: [`whsec_${Buffer.alloc(32, 'bench').toString('base64')}`],
    fetch: guardedFetch({ policy: { allowLoopback: true } }),
  })
  await sender.start()
  const store = postgresStore(driver, options)
  for (let n = 0; n < SENDS; n += 1) {
    // at no regular times
    await wait(20 + Math.random() * 200)
    begun.set(`msg_${n}`, performance.now())
    const now = Date.now()
    const place = { url: `${url}/`, endpoint: url, createdAt: now, dueAt: now }
    await store.enqueue(makeDelivery(`msg_${n}`, place))
  }
  while (times.length < SENDS) await wait(50)
  console.log(`${name}: from send to arrival p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms`)
  await sender.stop()
  receiver.closeAllConnections()
  receiver.close()
}

let measured = 0

/** Measures claims and commits of 64, with so many pending. */
async function measureClaims(count: number): Promise<void> {
  measured += 1
  const schema = `pending_${measured}`
  const store = postgresStore(driver, { schema })
  await store.migrate()
  await pool.query(`
    INSERT INTO ${schema}.message (id, owner, operation_id, callback, method, url, created_at, bytes, payload)
    SELECT 'msg_' || lpad(n::text, 9, '0'), 'owner-' || n % 100, 'o', 'c', 'post',
      'https://e' || n % 1000 || '.example/in', 0, 200, convert_to(repeat('x', 200), 'UTF8')
    FROM generate_series(1, ${count}) AS n;
    INSERT INTO ${schema}.queue (id, owner, endpoint, attempts, refusals, bytes, due_at, waiting)
    SELECT 'msg_' || lpad(n::text, 9, '0'), 'owner-' || n % 100, 'https://e' || n % 1000 || '.example',
      0, 0, 200, n, false
    FROM generate_series(1, ${count}) AS n;
    INSERT INTO ${schema}.signal (owner, endpoint, due_at)
    SELECT owner, endpoint, min(due_at) FROM ${schema}.queue GROUP BY owner, endpoint`)
  // so that autovacuum does not run meanwhile
  await pool.query(`VACUUM (ANALYZE) ${schema}.message, ${schema}.queue`)
  const claimOnce = async () => {
    const { deliveries } = await store.claim({ limit: LIMIT, lease: 60_000 })
    const delivered = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
    await Promise.all(deliveries.map((one) => store.commit(one, delivered)))
    if (deliveries.length < LIMIT) throw new Error(`a claim gave ${deliveries.length} deliveries`)
  }
  await claimOnce()
  const before = process.memoryUsage().rss
  const claims: number[] = []
  const enqueues: number[] = []
  for (let n = 0; n < CLAIMS; n += 1) {
    const begun = performance.now()
    await claimOnce()
    const claimed = performance.now()
    await store.enqueue(makeDelivery(`new_${n}`))
    claims.push(claimed - begun)
    enqueues.push(performance.now() - claimed)
  }
  const grown = (process.memoryUsage().rss - before) / 2 ** 20
  console.log(
    `${count} pending: a claim of ${LIMIT} and its commits p50 ${at(claims, 0.5)} ms, an enqueue p50 ${at(enqueues, 0.5)} ms; the process grew by ${grown.toFixed(1)} MB`,
  )
}

await measureArrivals('listening', driver)
await measureArrivals('polling', { run: driver.run })
// the first of a connection plans what it runs
for (const count of [FEW, FEW, COUNT, FEW, COUNT]) await measureClaims(count)
await pool.end()
await server.stop()
process.exit()
