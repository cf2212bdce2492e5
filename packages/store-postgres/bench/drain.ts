// What storing and sending costs, against other queues in PostgreSQL, in one run: node bench/drain.ts [count] [rounds]
// The peers take part once they are installed: npm install --ignore-scripts --no-package-lock --prefix bench/peers
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import pg from 'pg'
import { pgDriver, postgresStore } from '../src/index.ts'
import { startPostgres } from '../test/start-postgres.ts'
import { CONCURRENCY, type Contender, openContender } from './contenders.ts'
import { cpuOfServer, postmasterOf } from './server-cpu.ts'

const COUNT = Number(process.argv[2] ?? 5000)
const ROUNDS = Number(process.argv[3] ?? 5)
const ALONE = 300

/** What is stored, and by how many processes it is sent. */
interface Scene {
  readonly name: string
  readonly endpoints: number
  readonly owners: number
  readonly workers: number
}
const SCENES: readonly Scene[] = [
  { name: 'one endpoint', endpoints: 1, owners: 1, workers: 1 },
  { name: 'one endpoint, two processes', endpoints: 1, owners: 1, workers: 2 },
  { name: '1,000 endpoints of 100 owners', endpoints: 1000, owners: 100, workers: 1 },
]
const arePeersThere = existsSync(new URL('peers/node_modules/pg-boss', import.meta.url))
if (!arePeersThere)
  console.log('without peers: the second line of this file has how to install them')
const NAMES = ['ringback', ...(arePeersThere ? ['graphile-worker', 'pg-boss'] : [])]

const server = await startPostgres(['shared_buffers=256MB', 'max_connections=100'])
const admin = new pg.Client({ connectionString: server.url })
await admin.connect()
const { rows } = await admin.query('SELECT pg_backend_pid() AS pid')
const postmaster = postmasterOf(rows[0].pid)
const sink = fork(new URL('sink.ts', import.meta.url))
const [port] = await once(sink, 'message')

async function ask(child: ChildProcess): Promise<number> {
  const response = once(child, 'message')
  child.send('?')
  const [value] = await response
  return Number(value)
}

function urlOf(n: number, endpoints: number): string {
  const place = n % endpoints
  return `http://127.0.${Math.floor(place / 250)}.${(place % 250) + 1}:${port}/`
}

/** Stores some one by one, 64 at once, as handlers do; gives how many a second. */
async function storeSome(contender: Contender, count: number, endpoints: number) {
  const before = performance.now()
  let begun = 0
  const handle = async () => {
    while (begun < count) {
      begun += 1
      await contender.store(begun, urlOf(begun, endpoints))
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, handle))
  return (count / (performance.now() - before)) * 1000
}

interface Measured {
  readonly 'stored/s': number
  readonly 'server µs to store': number
  readonly 'sent/s': number
  readonly 'server µs to send': number
  readonly 'worker µs to send': number
  readonly again: number
}

async function measure(name: string, scene: Scene, contender: Contender): Promise<Measured> {
  await contender.reset()
  const isSlow = name !== 'ringback'
  const some = isSlow ? ALONE : COUNT
  const storing = cpuOfServer(postmaster)
  const stored = await storeSome(contender, some, scene.endpoints)
  const storeCpu = (cpuOfServer(postmaster) - storing) / some
  const rest = Array.from({ length: COUNT - some }, (_, n) => urlOf(n, scene.endpoints))
  await contender.storeAll(rest)
  const workers = Array.from({ length: scene.workers }, () =>
    fork(new URL('drain-worker.ts', import.meta.url), [name, server.url, `${scene.owners}`]),
  )
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  await ask(sink)
  let received = 0
  const serverBefore = cpuOfServer(postmaster)
  const before = performance.now()
  for (const worker of workers) worker.send('go')
  while (received < COUNT) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    received += await ask(sink)
  }
  while ((await contender.left()) > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  const seconds = (performance.now() - before) / 1000
  const serverCpu = cpuOfServer(postmaster) - serverBefore
  let workerCpu = 0
  for (const worker of workers) workerCpu += await ask(worker)
  received += await ask(sink)
  for (const worker of workers) {
    worker.kill('SIGKILL')
    await once(worker, 'exit')
  }
  return {
    'stored/s': stored,
    'server µs to store': storeCpu * 1000,
    'sent/s': COUNT / seconds,
    'server µs to send': (serverCpu / COUNT) * 1000,
    'worker µs to send': (workerCpu / COUNT) * 1000,
    again: received - COUNT,
  }
}

function middleOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

/** Gives the milliseconds of the server's CPU for a claim that finds nothing. */
async function measureClaims(count: number): Promise<number> {
  const pool = new pg.Pool({ connectionString: server.url, max: 1 })
  const store = postgresStore(pgDriver(pool), { schema: 'claims' })
  const claim = () => store.claim({ limit: 64, lease: 60_000 })
  await claim()
  const before = cpuOfServer(postmaster)
  for (let n = 0; n < count; n += 1) await claim()
  const each = (cpuOfServer(postmaster) - before) / count
  await pool.end()
  return each
}

/** What `npm run simulate` reads: milliseconds of a core. */
const costs = { claim: await measureClaims(1000), enqueue: 0, send: 0, worker: 0 }
for (const scene of SCENES) {
  const contenders = new Map<string, Contender>()
  for (const name of NAMES) {
    contenders.set(name, await openContender(name, { url: server.url, owners: scene.owners }))
  }
  const results = new Map<string, Measured[]>(NAMES.map((name) => [name, []]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, contender] of contenders) {
      results.get(name)?.push(await measure(name, scene, contender))
    }
  }
  console.log(`${scene.name}; medians of ${ROUNDS} rounds of ${COUNT}`)
  const first = results.get('ringback') ?? []
  const costOf = (key: keyof Measured) => Math.round(middleOf(first.map((one) => one[key]))) / 1000
  costs.enqueue = costOf('server µs to store')
  costs.send = costOf('server µs to send')
  costs.worker = costOf('worker µs to send')
  for (const [name, all] of results) {
    const keys = Object.keys(all[0] ?? {}) as (keyof Measured)[]
    const shown = keys.map((key) => {
      const ratio = middleOf(first.map((one, n) => one[key] / (all[n]?.[key] ?? Number.NaN)))
      const versus = name === 'ringback' || key === 'again' ? '' : ` (ours ${ratio.toFixed(2)} ×)`
      return `${Math.round(middleOf(all.map((one) => one[key])))} ${key}${versus}`
    })
    console.log(`  ${name.padEnd(16)} ${shown.join(', ')}`)
  }
}
// those of the last scene, whose deliveries are spread most
writeFileSync(new URL('costs.json', import.meta.url), `${JSON.stringify(costs, null, 2)}\n`)
sink.kill()
await admin.end()
// the contenders have connections of their own, which the server ends
process.on('uncaughtException', () => {})
await server.stop()
process.exit()
