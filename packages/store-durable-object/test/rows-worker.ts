// Counts the rows that Cloudflare bills for deliveries.

import { DurableObject } from 'cloudflare:workers'
import type { StoredDelivery } from '@ringback/sender'
import type { ObjectStorage } from '../src/object-storage.ts'
import { openObjectStore } from '../src/object-store.ts'

const PAYLOAD = new TextEncoder().encode('{"description":"Payment celebration","paid":true}')
const LEASE = 45_000

/** The rows written for each delivery, by what is done with it. */
export interface RowsWritten {
  readonly enqueue: number
  readonly claim: number
  readonly commit: number
  readonly erase: number
  /** The outcome of an attempt that failed, and the claim of the next. */
  readonly retry: number
}

export class Rows extends DurableObject {
  async measure(count: number): Promise<RowsWritten> {
    let written = 0
    const { storage } = this.ctx
    const counting: ObjectStorage = {
      sql: {
        exec(query, ...bindings) {
          const cursor = storage.sql.exec(query, ...bindings)
          const rows = cursor.toArray()
          written += Number(Reflect.get(cursor, 'rowsWritten'))
          return { toArray: () => rows }
        },
      },
      transactionSync: (closure) => storage.transactionSync(closure),
      setAlarm: (time) => storage.setAlarm(time),
      deleteAlarm: () => storage.deleteAlarm(),
    }
    const time = { at: Date.now() }
    const store = openObjectStore(counting, { now: () => time.at })
    const countRows = async (work: () => Promise<unknown>): Promise<number> => {
      written = 0
      await work()
      return written / count
    }
    const claim = async () => (await store.claim({ limit: count, lease: LEASE })).deliveries
    const storeAll = async (from: number) => {
      for (let n = 0; n < count; n += 1) await store.enqueue(deliveryOf(from + n, time.at))
    }
    const attempt = { startedAt: time.at, duration: 1 }
    let claimed: Awaited<ReturnType<typeof claim>> = []
    const enqueue = await countRows(() => storeAll(0))
    const claiming = await countRows(async () => {
      claimed = await claim()
    })
    const commit = await countRows(async () => {
      const transition = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
      for (const one of claimed) await store.commit(one, transition, { ...attempt, status: 200 })
    })
    const erase = await countRows(() => store.erase({}))

    await storeAll(count)
    claimed = await claim()
    const retry = await countRows(async () => {
      const transition = { state: 'scheduled', attemptCount: 1, refusals: 0, delay: 1000 } as const
      for (const one of claimed) await store.commit(one, transition, { ...attempt, status: 500 })
      time.at += transition.delay
      await claim()
    })
    return { enqueue, claim: claiming, commit, erase, retry }
  }
}

/** One of several deliveries to one receiver. */
export function deliveryOf(n: number, now: number, url = 'https://a.example/'): StoredDelivery {
  return {
    id: `msg_${now.toString(16)}${String(n).padStart(8, '0')}`,
    state: 'scheduled',
    owner: 'default',
    operationId: 'postInvoices',
    callback: 'invoiceNotification',
    method: 'post',
    url,
    endpoint: new URL(url).origin,
    createdAt: now,
    dueAt: now,
    attemptCount: 0,
    refusals: 0,
    payload: PAYLOAD,
  }
}

interface Env {
  readonly ROWS: {
    newUniqueId(): object
    get(id: object): { measure(count: number): Promise<RowsWritten> }
  }
}

export default {
  async fetch(request: Request, { ROWS }: Env): Promise<Response> {
    const count = Number(new URL(request.url).searchParams.get('count'))
    return Response.json(await ROWS.get(ROWS.newUniqueId()).measure(count))
  },
}
