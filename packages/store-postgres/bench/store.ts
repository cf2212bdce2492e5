// What the store itself costs: deliveries stored, and claimed and committed, a second, without requests.
import pg from 'pg'
import { pgDriver, postgresStore } from '../src/index.ts'
import { emptyTables } from '../test/empty-tables.ts'
import { makeDelivery } from '../test/make-delivery.ts'
import { startPostgres } from '../test/start-postgres.ts'
import { cpuOfServer, postmasterOf } from './server-cpu.ts'

const COUNT = Number(process.argv[2] ?? 10_000)
const LIMITS = { endpoint: { concurrency: 64 }, pace: 10 }
const server = await startPostgres(['shared_buffers=256MB'])
const pool = new pg.Pool({ connectionString: server.url, max: 8 })
const driver = pgDriver(pool)
const store = postgresStore(driver)
await store.migrate()
const { rows } = await pool.query('SELECT pg_backend_pid() AS pid')
const postmaster = postmasterOf(rows[0].pid)

/** Runs so many at once until each has run. */
async function runAll(atOnce: number, run: (n: number) => Promise<unknown>) {
  let begun = 0
  const one = async () => {
    while (begun < COUNT) {
      begun += 1
      await run(begun)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
}

async function drain() {
  let done = 0
  let claims = 0
  while (done < COUNT) {
    const { deliveries } = await store.claim({ limit: 64, lease: 60_000, limits: LIMITS })
    claims += 1
    const transition = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
    const commits = deliveries.map((one) =>
      store.commit(
        one,
        { ...transition, receiver: { verdict: 'well' } },
        { startedAt: Date.now(), duration: 5, status: 200 },
      ),
    )
    await Promise.all(commits)
    done += deliveries.length
  }
  return claims
}

for (const endpoints of [1, 1000]) {
  for (const owners of [1, 100]) {
    await emptyTables(driver)
    const before = performance.now()
    const cpu = [cpuOfServer(postmaster), process.cpuUsage()] as const
    await runAll(64, (n) =>
      store.enqueue(
        makeDelivery(`msg_${n}`, {
          owner: `owner-${n % owners}`,
          endpoint: `https://${n % endpoints}.example`,
        }),
      ),
    )
    const stored = performance.now()
    const cpuStored = cpuOfServer(postmaster)
    const claims = await drain()
    const ended = performance.now()
    const cpuEnded = cpuOfServer(postmaster)
    const { user, system } = process.cpuUsage(cpu[1])
    const each = (ms: number) => Math.round((ms / COUNT) * 1000)
    const rate = (ms: number) => Math.round((COUNT / ms) * 1000)
    console.log(
      `${endpoints} endpoints, ${owners} owners: ${rate(stored - before)} stored/s, ${rate(ended - stored)} claimed and committed/s, ${((ended - stored) / claims).toFixed(1)} ms for each 64; CPU of the server ${each(cpuStored - cpu[0])} + ${each(cpuEnded - cpuStored)} µs, of this process ${each((user + system) / 1000)} µs a delivery`,
    )
  }
}
await pool.end()
await server.stop()
