import { createSender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { pgDriver, postgresStore } from '@ringback/store-postgres'
import { Pool } from 'pg'

/** Creates the sender of a process, and the pool that it shares with the application. */
export function createOrdersSender() {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 5 })
  const store = postgresStore(pgDriver(pool))
  const sender = createSender({
    store,
    secrets: [process.env.CALLBACK_SECRET!],
    // the external API of this demo runs on this machine, which is refused by default
    fetch: guardedFetch({ policy: { allowLoopback: true } }),
  })
  return { pool, store, sender }
}
