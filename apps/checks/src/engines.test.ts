// The programs of docs/engines.md send what is due when their engine wakes them, and only then.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pgDriver, postgresStore } from '@ringback/store-postgres'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { startPostgres } from '../../../packages/store-postgres/test/start-postgres.ts'
import { type Child, startChild } from './child.ts'
import { readmeModules } from './readme-modules.ts'
import { ROOT } from './workspace.ts'

// inside the package, whose dependencies the programs import
const FOLDER = join(import.meta.dirname, '../dist/engines')
const database = await startPostgres()
const pool = new pg.Pool({ connectionString: database.url, max: 4 })
const store = postgresStore(pgDriver(pool))
await store.migrate()
const received: string[] = []
const sink = createServer((request, response) => {
  received.push(String(request.headers['webhook-id']))
  request.resume()
  response.end()
})
await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
const address = sink.address()
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
const children: Child[] = []

afterAll(async () => {
  for (const child of children) await child.end()
  sink.closeAllConnections()
  sink.close()
  await pool.end()
  await database.stop()
  rmSync(FOLDER, { recursive: true, force: true })
})

mkdirSync(FOLDER, { recursive: true })
for (const { file, text } of readmeModules(readFileSync(join(ROOT, 'docs/engines.md'), 'utf8'))) {
  // the receiver of a test is on loopback
  const allowed = text.replace(
    'guardedFetch()',
    'guardedFetch({ policy: { allowLoopback: true } })',
  )
  writeFileSync(join(FOLDER, file), allowed)
}
const env = {
  DATABASE_URL: database.url,
  CALLBACK_SECRET: `whsec_${Buffer.alloc(32, 'engines').toString('base64')}`,
}

function start(file: string): Child {
  const child = startChild(process.execPath, [join(FOLDER, file)], { env })
  children.push(child)
  return child
}

async function enqueue(id: string) {
  const now = Date.now()
  await store.enqueue({
    ...{ id, state: 'scheduled', owner: 'ann', operationId: 'o', callback: 'c', method: 'post' },
    ...{ url: `${origin}/in`, endpoint: origin, attemptCount: 0, refusals: 0 },
    ...{ createdAt: now, dueAt: now, payload: new Uint8Array(2) },
  })
}

const WAIT = { timeout: 60_000, interval: 50 }

it('cron: each run sends what is due, also what was due while none ran', async () => {
  await enqueue('cron-1')
  await enqueue('cron-2')
  const child = start('send-due.ts')
  expect(await child.line(/sent$/)).toBe('2 sent')
  expect((await child.exit()).code).toBe(0)
  expect([...received].sort()).toEqual(['cron-1', 'cron-2'])
}, 90_000)

it('graphile-worker: a job sends what is due, and a lost one loses nothing', async () => {
  start('graphile.ts')
  // it has its crontab once its tables are there
  const isReady = () =>
    pool.query('SELECT 1 FROM graphile_worker._private_known_crontabs').then(
      ({ rows }) => rows.length,
      () => 0,
    )
  await expect.poll(isReady, WAIT).toBe(1)
  await enqueue('graphile-1')
  await pool.query("SELECT graphile_worker.add_job('send_due')")
  await expect.poll(() => received, WAIT).toContain('graphile-1')
}, 120_000)

it('pg-boss: a job sends what is due, and a lost one loses nothing', async () => {
  start('boss.ts')
  const { PgBoss } = createRequire(import.meta.url)('pg-boss')
  const isReady = () =>
    pool.query("SELECT 1 FROM pgboss.schedule WHERE name = 'send-due'").then(
      ({ rows }) => rows.length,
      () => 0,
    )
  await expect.poll(isReady, WAIT).toBe(1)
  await enqueue('boss-1')
  const boss = new PgBoss({
    connectionString: database.url,
    max: 1,
    supervise: false,
    schedule: false,
  })
  boss.on('error', () => {})
  await boss.start()
  await boss.send('send-due')
  await boss.stop({ graceful: false })
  await expect.poll(() => received, WAIT).toContain('boss-1')
}, 120_000)
