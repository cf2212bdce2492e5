// A worker in a process of its own, until it is killed. Its clock runs faster, so that lost leases end soon.
import { createSender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import pg from 'pg'
import { pgDriver, postgresStore } from '../src/index.ts'

const { DATABASE_URL: connectionString, BASE, SPEED } = process.env
const base = Number(BASE)
const clock = { now: () => Math.floor(base + (Date.now() - base) * Number(SPEED)) }
const store = postgresStore(pgDriver(new pg.Pool({ connectionString, max: 3 })), { clock })
const sender = createSender({
  store,
  secrets: [`whsec_${Buffer.alloc(32, 'worker').toString('base64')}`],
  fetch: guardedFetch({ policy: { allowLoopback: true } }),
  deadline: 5000,
  concurrency: 16,
})
await sender.start()
process.send?.('ready')
