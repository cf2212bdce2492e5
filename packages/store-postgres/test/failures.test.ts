// What fails around the store: nothing that was stored is lost, and nothing is delivered without a 2xx.
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createSender, type Sender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { type PostgresStore, pgDriver, postgresStore } from '../src/index.ts'
import { emptyTables } from './empty-tables.ts'
import { makeDelivery } from './make-delivery.ts'
import { startCut } from './start-cut.ts'
import { startPostgres } from './start-postgres.ts'
import { startSink } from './start-sink.ts'

const server = await startPostgres(['max_connections=40'])
// without a listener of its own, as many applications have it
const pool = new pg.Pool({ connectionString: server.url, max: 6 })
const driver = pgDriver(pool)
const store = postgresStore(driver)
await store.migrate()
const sink = await startSink(5)
const senders: Sender[] = []
const children: ChildProcess[] = []

afterAll(async () => {
  await sink.stop()
  await pool.end()
  await server.stop()
})
beforeEach(async () => {
  sink.received.clear()
  await emptyTables(driver)
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all(senders.splice(0).map((sender) => sender.stop()))
})

const REAL = { store, now: Date.now }
const SPEED = 10

/** A store whose clock runs faster, so that lost leases end soon. */
function openFast(used = driver, base = Date.now()) {
  const now = () => Math.floor(base + (Date.now() - base) * SPEED)
  return { store: postgresStore(used, { clock: { now } }), now }
}

const SECRET = `whsec_${Buffer.alloc(32, 'failures').toString('base64')}`

async function startSender(used: PostgresStore = store, log: unknown[] = []) {
  const add = (line: unknown) => log.push(line)
  const sender = createSender({
    store: used,
    secrets: [SECRET],
    fetch: guardedFetch({ policy: { allowLoopback: true } }),
    log: { debug() {}, info() {}, warn: add, error: add },
  })
  senders.push(sender)
  await sender.start()
  return sender
}

/** Stores so many deliveries, some at once, and gives the ids of those of which the store said so. */
async function storeMany(prefix: string, count: number, used = REAL): Promise<string[]> {
  const stored: string[] = []
  for (let n = 0; n < count; n += 20) {
    const ids = Array.from({ length: Math.min(20, count - n) }, (_, i) => `${prefix}-${n + i}`)
    const now = used.now()
    const some = ids.map(async (id) => {
      const place = { url: `${sink.url}/`, endpoint: sink.url, createdAt: now, dueAt: now }
      await used.store.enqueue(makeDelivery(id, place)).then(
        () => stored.push(id),
        () => {},
      )
    })
    await Promise.all(some)
  }
  return stored
}

const DEADLINE = { timeout: 40_000, interval: 100 }
const stateOf = async () => {
  const { rows } = await pool.query(
    'SELECT state, count(*)::int AS n FROM ringback.delivery GROUP BY state',
  )
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}

/** Waits until all have ended, and compares what the store says with what was received. */
async function expectAllDelivered(stored: readonly string[]) {
  await expect
    .poll(() => stateOf().catch(() => {}), DEADLINE)
    .toEqual({
      delivered: expect.any(Number),
    })
  const records = await store.query({ limit: 100_000 })
  const delivered = new Set(records.map(({ id }) => id))
  expect(stored.filter((id) => !delivered.has(id))).toEqual([])
  expect(records.filter(({ id }) => !sink.received.has(id))).toEqual([])
  const requests = records.map(({ id }) => sink.received.get(id) ?? 0)
  return requests.reduce((sum, count) => sum + count, 0) - records.length
}

it('delivers all when the server is restarted amid 1,000 sends', { timeout: 90_000 }, async () => {
  await startSender()
  const storing = storeMany('restart', 1000)
  await sink.waitFor(50)
  await server.restart(500)
  const stored = await storing
  stored.push(...(await storeMany('after', 20)))
  expect(await expectAllDelivered(stored)).toBeLessThanOrEqual(64)
})

it('delivers all when every connection is ended by the server', { timeout: 90_000 }, async () => {
  await startSender()
  const storing = storeMany('terminated', 400)
  for (let n = 0; n < 5; n += 1) {
    // amid requests
    await sink.waitFor(sink.received.size + 10)
    const admin = new pg.Client({ connectionString: server.url })
    admin.on('error', () => {})
    await admin.connect()
    await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`)
    await admin.end()
  }
  expect(await expectAllDelivered(await storing)).toBeLessThanOrEqual(64)
})

it('delivers all when workers are killed at random', { timeout: 120_000 }, async () => {
  const BASE = Date.now()
  const env = { ...process.env, DATABASE_URL: server.url, BASE: `${BASE}`, SPEED: `${SPEED}` }
  const program = fileURLToPath(new URL('./worker-process.ts', import.meta.url))
  const startWorker = async () => {
    const child = fork(program, { env, execArgv: [] })
    children.push(child)
    await new Promise((resolve, reject) => {
      child.once('message', resolve)
      child.once('exit', reject)
    })
    return child
  }
  const workers = await Promise.all([startWorker(), startWorker()])
  const stored = await storeMany('killed', 600, openFast(driver, BASE))
  for (let kills = 0; kills < 4; kills += 1) {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 300))
    const [victim] = workers.splice(kills % 2, 1)
    victim?.kill('SIGKILL')
    workers.push(await startWorker())
  }
  // each kill may repeat what was on its way
  expect(await expectAllDelivered(stored)).toBeLessThanOrEqual(4 * 16 * 2)
})

it('sends while another transaction has held an enqueue open for long', async () => {
  await startSender()
  const client = await pool.connect()
  await client.query('BEGIN')
  const place = { url: `${sink.url}/`, endpoint: sink.url }
  await store.enqueueIn(client, makeDelivery('open', place))
  const stored = await storeMany('beside', 100)
  await expectAllDelivered(stored)
  await client.query('COMMIT')
  client.release()
  await expectAllDelivered([...stored, 'open'])
})

it('tells once that the server is away, and goes on when it is back', {
  timeout: 60_000,
}, async () => {
  const log: unknown[] = []
  await startSender(store, log)
  await storeMany('before', 10)
  await server.restart(4000)
  await expectAllDelivered(await storeMany('again', 10))
  const lines = log.map(String).filter((line) => line.includes('PostgreSQL'))
  expect(lines).toEqual([expect.stringContaining('PostgreSQL')])
})

it('is woken by what another process stores, again after a lost connection', async () => {
  const ownPool = new pg.Pool({ connectionString: server.url, max: 2 })
  const other = postgresStore(pgDriver(ownPool))
  let woken = 0
  const stop = other.onWake?.(() => {
    woken += 1
  })
  const wait = { timeout: 10_000, interval: 20 }
  const expectWake = async (id: string) => {
    const before = woken
    await store.enqueue(makeDelivery(id))
    await expect.poll(() => woken, wait).toBeGreaterThan(before)
  }
  await expect.poll(() => woken, wait).toBe(1)
  await expectWake('one')
  await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()`)
  // once it listens again
  await expect.poll(() => woken, wait).toBeGreaterThanOrEqual(3)
  await expectWake('two')
  stop?.()
  await ownPool.end()
})

it('says that the server takes no writes, and goes on when it does', {
  timeout: 60_000,
}, async () => {
  await pool.query('ALTER SYSTEM SET default_transaction_read_only = on')
  await pool.query('SELECT pg_reload_conf()')
  const stored: string[] = []
  let tries = 0
  const code = async () => {
    tries += 1
    const id = `readonly-${tries}`
    const place = { url: `${sink.url}/`, endpoint: sink.url }
    const kind = await store.enqueue(makeDelivery(id, place)).then(
      () => 'stored',
      (error) => error.code,
    )
    if (kind === 'stored') stored.push(id)
    return kind
  }
  await expect.poll(code, DEADLINE).toBe('readonly')
  const admin = new pg.Client({
    connectionString: server.url,
    options: '-c default_transaction_read_only=off',
  })
  await admin.connect()
  await admin.query('ALTER SYSTEM RESET default_transaction_read_only')
  await admin.query('SELECT pg_reload_conf()')
  await admin.end()
  await expect.poll(code, DEADLINE).toBe('stored')
  await startSender()
  await expectAllDelivered(stored)
})

it('goes on after the network was cut for ten seconds', { timeout: 90_000 }, async () => {
  const proxy = await startCut(server.url)
  const ownPool = new pg.Pool({ connectionString: proxy.url, max: 4 })
  const base = Date.now()
  await startSender(openFast(pgDriver(ownPool), base).store)
  const storing = storeMany('cut', 300, openFast(driver, base))
  await sink.waitFor(20)
  // first nothing arrives, as behind a firewall, then every connection is reset
  proxy.cut()
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  proxy.restore()
  // whatever was claimed when it was cut is sent again
  expect(await expectAllDelivered(await storing)).toBeLessThanOrEqual(128)
  await Promise.all(senders.splice(0).map((sender) => sender.stop()))
  await ownPool.end()
  await proxy.stop()
})

it('says that the disk is full, and goes on when there is room', { timeout: 90_000 }, async () => {
  const log: unknown[] = []
  await startSender(store, log)
  const storing = storeMany('full', 400)
  await sink.waitFor(20)
  // the error that the server gives for a write, for each of the store's
  await pool.query(`CREATE FUNCTION ringback.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE disk_full USING MESSAGE = 'could not extend file: No space left on device'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON ringback.message
      FOR EACH STATEMENT EXECUTE FUNCTION ringback.refuse();
    CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON ringback.sending
      FOR EACH STATEMENT EXECUTE FUNCTION ringback.refuse();
    CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON ringback.ended
      FOR EACH STATEMENT EXECUTE FUNCTION ringback.refuse()`)
  const place = { url: `${sink.url}/`, endpoint: sink.url }
  await expect(store.enqueue(makeDelivery('refused', place))).rejects.toMatchObject({
    code: 'full',
  })
  await expect.poll(() => log.map(String).join(), DEADLINE).toContain('no room left on its disk')
  await pool.query('DROP FUNCTION ringback.refuse CASCADE')
  const stored = [...(await storing), ...(await storeMany('room', 20))]
  expect(await expectAllDelivered(stored)).toBeLessThanOrEqual(64)
  expect(sink.received.has('refused')).toBe(false)
})

it('sends on while a newer version changes the tables, and both work', {
  timeout: 90_000,
}, async () => {
  const own = () => postgresStore(pgDriver(pool), { schema: 'mixed' })
  const before = own()
  await startSender(before)
  const used = { store: before, now: Date.now }
  const storing = storeMany('versions', 400, used)
  await sink.waitFor(20)
  // a newer version adds what the older one does not know, and keeps its functions
  const change = `
    SELECT pg_advisory_xact_lock(hashtext('"mixed" ringback migration'), 2);
    ALTER TABLE mixed.queue ADD COLUMN newer text COLLATE "C" NOT NULL DEFAULT 'default';
    ALTER TABLE mixed.ended ADD COLUMN newer text COLLATE "C" NOT NULL DEFAULT 'default';
    CREATE INDEX ended_newer ON mixed.ended (newer, id);
    ALTER TABLE mixed.attempt ADD COLUMN newer int;
    CREATE FUNCTION mixed.now_v2(at float8) RETURNS float8 LANGUAGE sql AS 'SELECT mixed.now_v1(at)';
    UPDATE mixed.version SET version = 2`
  // PostgreSQL may end it where it waits for a table of a claim that waits for one of its own
  const isChanged = () =>
    pool.query(change).then(
      () => true,
      (error) => {
        if (error.code !== '40P01') throw error
        return false
      },
    )
  while (!(await isChanged()));
  // a process of the older version that begins later
  await startSender(own())
  const stored = [...(await storing), ...(await storeMany('later', 50, used))]
  const isDone = async () => {
    const { rows } = await pool.query('SELECT DISTINCT state FROM mixed.delivery')
    return rows.map(({ state }) => state)
  }
  await expect.poll(isDone, DEADLINE).toEqual(['delivered'])
  const records = await before.query({ limit: 1000 })
  expect(records.map(({ id }) => id).sort()).toEqual([...stored].sort())
  expect(records.every(({ id }) => sink.received.has(id))).toBe(true)
})
