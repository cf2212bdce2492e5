import { createRequire } from 'node:module'
import { createSender, type Sender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import pg from 'pg'
import { createDeliver } from '../../sender/bench/deliver.ts'
import { pgDriver, postgresStore } from '../src/index.ts'
import { emptyTables } from '../test/empty-tables.ts'
import { makeDelivery } from '../test/make-delivery.ts'

export const CONCURRENCY = 64
const SECRET = `whsec_${Buffer.alloc(32, 'bench').toString('base64')}`
const PAYLOAD = Buffer.from(JSON.stringify({ text: 'x'.repeat(188) }))
const UNITS = 500
const TRANSPORT = { policy: { allowLoopback: true } }

/** A queue in PostgreSQL that sends requests. */
export interface Contender {
  /** Stores one message to a URL. */
  store(n: number, url: string): Promise<unknown>
  /** Stores many as fast as it can. */
  storeAll(urls: readonly string[]): Promise<void>
  /** Sends what is stored, from now on. */
  work(): Promise<unknown>
  /** How many have not ended. */
  left(): Promise<number>
  reset(): Promise<unknown>
}

/** Loads a peer from bench/peers. */
const loadPeer = createRequire(new URL('peers/package.json', import.meta.url))

async function openRingback(connectionString: string, owners: number): Promise<Contender> {
  const pool = new pg.Pool({ connectionString, max: 8 })
  const driver = pgDriver(pool)
  const store = postgresStore(driver)
  await store.migrate()
  let sender: Sender | undefined
  const toDelivery = (n: number, url: string) => {
    const id = `msg_${String(n).padStart(8, '0')}_${process.pid}`
    const { origin: endpoint } = new URL(url)
    const owner = `owner-${n % owners}`
    return { ...makeDelivery(id, { url, endpoint, owner }), payload: new Uint8Array(PAYLOAD) }
  }
  return {
    store: (n, url) => store.enqueue(toDelivery(n, url)),
    async storeAll(urls) {
      for (let n = 0; n < urls.length; n += UNITS) {
        const some = urls.slice(n, n + UNITS)
        await Promise.all(some.map((url, i) => store.enqueue(toDelivery(n + i, url))))
      }
    },
    work() {
      sender = createSender({
        store,
        secrets: [SECRET],
        fetch: guardedFetch(TRANSPORT),
        concurrency: CONCURRENCY,
        // of all processes together
        limits: { endpoint: { concurrency: 2 * CONCURRENCY } },
      })
      return sender.start()
    },
    async left() {
      const [row] = await driver.run(
        `SELECT ((SELECT count(*) FROM ringback.queue)
          + (SELECT count(*) FROM ringback.sending))::int AS n`,
      )
      return Number(row?.n)
    },
    reset: () => emptyTables(driver),
  }
}

// the peers are typed by themselves only where they are installed
interface GraphileJob {
  readonly identifier: string
  readonly payload: { readonly url: string; readonly body: string }
}

async function openGraphile(connectionString: string): Promise<Contender> {
  const { run, makeWorkerUtils, Logger } = loadPeer('graphile-worker')
  const logger = new Logger(() => () => {})
  const utils = await makeWorkerUtils({ connectionString, logger })
  await utils.migrate()
  const pool = new pg.Pool({ connectionString, max: 1 })
  const body = PAYLOAD.toString()
  const deliver = createDeliver(SECRET, TRANSPORT)
  return {
    store: (_, url) => utils.addJob('deliver', { url, body }),
    async storeAll(urls) {
      for (let n = 0; n < urls.length; n += UNITS) {
        const some = urls.slice(n, n + UNITS)
        await utils.addJobs(
          some.map((url) => ({ identifier: 'deliver', payload: { url, body } }) as GraphileJob),
        )
      }
    },
    work: () =>
      run({
        connectionString,
        logger,
        concurrency: CONCURRENCY,
        maxPoolSize: 8,
        noHandleSignals: true,
        pollInterval: 500,
        preset: {
          worker: { localQueue: { size: 256 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 },
        },
        taskList: {
          deliver: (message: GraphileJob['payload'], { job }: { job: { id: string } }) =>
            deliver({ id: `msg_${job.id}`, ...message }),
        },
      }),
    async left() {
      const { rows } = await pool.query(
        'SELECT count(*)::int AS n FROM graphile_worker._private_jobs',
      )
      return rows[0].n
    },
    reset: () => pool.query('TRUNCATE graphile_worker._private_jobs'),
  }
}

interface BossJob {
  readonly id: string
  readonly data: { readonly url: string; readonly body: string }
}

async function openBoss(connectionString: string): Promise<Contender> {
  const { PgBoss } = loadPeer('pg-boss')
  const boss = new PgBoss({ connectionString, max: 8, supervise: false, schedule: false })
  // the server ends its connections at the end
  boss.on('error', () => {})
  await boss.start()
  // another process may have made it
  await boss.createQueue('deliver', { notify: true }).catch(() => {})
  const pool = new pg.Pool({ connectionString, max: 1 })
  const body = PAYLOAD.toString()
  const deliver = createDeliver(SECRET, TRANSPORT)
  return {
    store: (_, url) => boss.send('deliver', { url, body }),
    async storeAll(urls) {
      for (let n = 0; n < urls.length; n += UNITS) {
        const some = urls.slice(n, n + UNITS)
        await boss.insert(
          'deliver',
          some.map((url) => ({ data: { url, body } })),
        )
      }
    },
    work: () =>
      boss.work(
        'deliver',
        {
          batchSize: 64,
          localConcurrency: 2,
          burstWhenBatchFull: true,
          pollingIntervalSeconds: 0.5,
        },
        (jobs: readonly BossJob[]) =>
          Promise.all(jobs.map(({ id, data }) => deliver({ id, ...data }))),
      ),
    async left() {
      const { rows } = await pool.query(
        "SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'deliver' AND state < 'completed'",
      )
      return rows[0].n
    },
    reset: () => boss.deleteAllJobs('deliver'),
  }
}

/** Opens a contender by its name. */
export function openContender(
  name: string,
  { url, owners }: { readonly url: string; readonly owners: number },
): Promise<Contender> {
  if (name === 'graphile-worker') return openGraphile(url)
  if (name === 'pg-boss') return openBoss(url)
  return openRingback(url, owners)
}
