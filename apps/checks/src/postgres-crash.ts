import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { pgDriver, postgresStore } from '@ringback/store-postgres'
import pg from 'pg'
import { makeDelivery } from '../../../packages/store-postgres/test/make-delivery.ts'
import { startPostgres } from '../../../packages/store-postgres/test/start-postgres.ts'
import { startSink } from '../../../packages/store-postgres/test/start-sink.ts'
import type { CrashReport } from './crash-rounds.ts'

const LOAD = 20
const LONGEST = 150
// the clock of the store, so that lost leases end soon
const SPEED = 10
const PATIENCE = 120_000

/**
 * Kills one of two workers on a PostgreSQL at random moments under load, and verifies that nothing was lost, and that
 * nothing is delivered that was not received.
 *
 * @throws {Error} naming what was lost
 */
export async function postgresCrashes(crashes: number, random: () => number): Promise<CrashReport> {
  const server = await startPostgres()
  const pool = new pg.Pool({ connectionString: server.url, max: 4 })
  const sink = await startSink(5)
  const workers: ChildProcess[] = []
  try {
    const base = Date.now()
    const now = () => Math.floor(base + (Date.now() - base) * SPEED)
    const store = postgresStore(pgDriver(pool), { clock: { now } })
    await store.migrate()
    const program = new URL(
      '../../../packages/store-postgres/test/worker-process.ts',
      import.meta.url,
    )
    const env = { ...process.env, DATABASE_URL: server.url, BASE: `${base}`, SPEED: `${SPEED}` }
    const startWorker = async () => {
      const worker = fork(program, { env })
      workers.push(worker)
      await once(worker, 'message')
    }
    await Promise.all([startWorker(), startWorker()])
    const stored: string[] = []
    for (let n = 0; n < crashes; n += 1) {
      const at = { createdAt: now(), dueAt: now(), url: `${sink.url}/`, endpoint: sink.url }
      const ids = Array.from({ length: LOAD }, (_, i) => `msg_${n}_${i}`)
      await Promise.all(ids.map((id) => store.enqueue(makeDelivery(id, at))))
      stored.push(...ids)
      await delay(random() * LONGEST)
      const [victim] = workers.splice(Math.floor(random() * workers.length), 1)
      victim?.kill('SIGKILL')
      await startWorker()
    }
    const end = Date.now() + PATIENCE
    const left = async () => {
      const { rows } = await pool.query(
        "SELECT id, state FROM ringback.delivery WHERE state <> 'delivered'",
      )
      return rows.map(({ id, state }) => `${id} is ${state}`)
    }
    let redriven = 0
    while ((await left()).length > 0 && Date.now() < end) {
      await delay(100)
      // of three killed workers: it is dead, as an operator is told, who sends it again
      for (const { id } of await store.query({ state: 'dead' })) {
        if (await store.redrive(id)) redriven += 1
      }
    }
    const kept = new Set((await store.query({ limit: stored.length })).map(({ id }) => id))
    const lost = [
      ...(await left()),
      ...stored.filter((id) => !kept.has(id)).map((id) => `${id} is gone`),
      ...stored.filter((id) => !sink.received.has(id)).map((id) => `${id} was not received`),
    ]
    if (lost.length > 0) throw new Error(lost.join(', '))
    const requests = [...sink.received.values()].reduce((sum, count) => sum + count, 0)
    return {
      crashes,
      stored: stored.length,
      requests,
      repeated: requests - stored.length,
      redriven,
    }
  } finally {
    for (const worker of workers) worker.kill('SIGKILL')
    await sink.stop()
    await pool.end()
    await server.stop()
  }
}
