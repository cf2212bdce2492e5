// Deliveries through one object, and the rows that they write.

import { DurableObject } from 'cloudflare:workers'
import type { StoredDelivery } from '@ringback/sender'
import { CallbackObject } from '../src/callback-object.ts'
import { type CallbackNamespace, durableObjectStore } from '../src/durable-object-store.ts'
import type { ObjectStorage } from '../src/object-storage.ts'
import { openObjectStore } from '../src/object-store.ts'

const PAYLOAD = new TextEncoder().encode('{"description":"Payment celebration","paid":true}')

interface Env {
  readonly BARE: {
    idFromName(name: string): object
    get(id: object): { store(url: string): Promise<void> }
  }
  readonly CALLBACKS: CallbackNamespace
  readonly ROWS: {
    newUniqueId(): object
    get(id: object): { measure(count: number): Promise<object> }
  }
}

export class Callbacks extends CallbackObject<Env> {
  options() {
    return {
      secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      policy: { allowHttp: true, allow: ['127.0.0.1'] },
      limits: { endpoint: { concurrency: 6 } },
    }
  }
}

/** Stores a row, makes a request, and changes the row: the least that an object can do for a delivery. */
export class Bare extends DurableObject {
  readonly #due: number[] = []
  #requests = 0

  constructor(ctx: ConstructorParameters<typeof DurableObject>[0], env: unknown) {
    super(ctx, env)
    this.ctx.storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS delivery (id INTEGER PRIMARY KEY, url TEXT, state TEXT)',
    )
  }

  async store(url: string): Promise<void> {
    const insert = 'INSERT INTO delivery (url, state) VALUES (?, ?) RETURNING id'
    const [row] = this.ctx.storage.sql.exec(insert, url, 'scheduled').toArray()
    this.#due.push(Number(row?.id))
    if (this.#requests < 6) void this.#send(url)
  }

  async #send(url: string): Promise<void> {
    this.#requests += 1
    for (let id = this.#due.shift(); id !== undefined; id = this.#due.shift()) {
      const response = await fetch(url, { method: 'POST', body: PAYLOAD })
      await response.arrayBuffer()
      this.ctx.storage.sql.exec('UPDATE delivery SET state = ? WHERE id = ?', 'delivered', id)
    }
    this.#requests -= 1
  }
}

/** Counts the rows that Cloudflare bills. */
export class Rows extends DurableObject {
  async measure(count: number): Promise<object> {
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
    const store = openObjectStore(counting)
    const rows: Record<string, number> = {}
    const step = async <TResult>(name: string, work: () => Promise<TResult>): Promise<TResult> => {
      written = 0
      const result = await work()
      rows[name] = written / count
      return result
    }
    await step('enqueue', async () => {
      for (let n = 0; n < count; n += 1) await store.enqueue(deliveryTo('https://a.example', n))
    })
    const { deliveries } = await step('claim', () => store.claim({ limit: count, lease: 45_000 }))
    await step('commit', async () => {
      for (const one of deliveries) {
        const transition = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
        await store.commit(one, transition, { startedAt: 1, duration: 1, status: 200 })
      }
    })
    await step('erase', () => store.erase({}))
    return rows
  }
}

function deliveryTo(url: string, n: number): StoredDelivery {
  const now = Date.now()
  return {
    id: `msg_${now.toString(16)}${String(n).padStart(8, '0')}`,
    state: 'scheduled',
    owner: 'default',
    operationId: 'postInvoices',
    callback: 'invoiceNotification',
    method: 'post',
    url,
    endpoint: new URL(url).origin,
    attemptCount: 0,
    refusals: 0,
    createdAt: now,
    dueAt: now,
    payload: PAYLOAD,
  }
}

export default {
  async fetch(request: Request, { BARE, CALLBACKS, ROWS }: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const count = Number(searchParams.get('count'))
    if (pathname === '/rows') {
      return Response.json(await ROWS.get(ROWS.newUniqueId()).measure(count))
    }
    const store = durableObjectStore(CALLBACKS, { shards: 1 })
    const bare = BARE.get(BARE.idFromName('one'))
    const url = searchParams.get('url') ?? ''
    let begun = 0
    const enqueue = async () => {
      while (begun < count) {
        begun += 1
        await (pathname === '/bare' ? bare.store(url) : store.enqueue(deliveryTo(url, begun)))
      }
    }
    await Promise.all(Array.from({ length: 32 }, enqueue))
    return new Response()
  },
}
