// Deliveries through one object, and the rows that they write.

import { DurableObject } from 'cloudflare:workers'
import { CallbackObject } from '../src/callback-object.ts'
import { type CallbackNamespace, durableObjectStore } from '../src/durable-object-store.ts'
import { deliveryOf, Rows } from '../test/rows-worker.ts'

const PAYLOAD = new TextEncoder().encode('{"description":"Payment celebration","paid":true}')

interface Env {
  readonly BARE: {
    idFromName(name: string): object
    get(id: object): { store(url: string): Promise<void> }
  }
  readonly CALLBACKS: CallbackNamespace
  readonly ROWS: {
    newUniqueId(): object
    get(id: object): { measure(count: number): ReturnType<Rows['measure']> }
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

export { Rows }

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
        await (pathname === '/bare'
          ? bare.store(url)
          : store.enqueue(deliveryOf(begun, Date.now(), url)))
      }
    }
    await Promise.all(Array.from({ length: 32 }, enqueue))
    return new Response()
  },
}
