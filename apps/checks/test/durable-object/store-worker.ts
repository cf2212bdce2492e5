// Does single methods of the store inside an object, by a clock that the test sets.

import { DurableObject } from 'cloudflare:workers'
import { openObjectStore } from '../../../../packages/store-durable-object/src/object-store.ts'
import { readJson, writeJson } from './json-bytes.ts'

/** A call of a method of the store named by `name`. */
export interface ObjectCall {
  readonly name: string
  readonly now: number
  readonly method: string
  readonly args: readonly unknown[]
}

interface Env {
  readonly STORE: {
    idFromName(name: string): object
    get(id: object): { run(call: string): Promise<string> }
  }
}

export class Store extends DurableObject {
  #now = 0
  readonly #store = openObjectStore(this.ctx.storage, { now: () => this.#now })

  async run(call: string): Promise<string> {
    // `objectStores` has written it
    const { method, args, now } = readJson(call) as ObjectCall
    this.#now = now
    const result: unknown = await Reflect.apply(Reflect.get(this.#store, method), undefined, args)
    return result === undefined ? '' : writeJson(result)
  }
}

export default {
  async fetch(request: Request, { STORE }: Env): Promise<Response> {
    const name = new URL(request.url).pathname
    return new Response(await STORE.get(STORE.idFromName(name)).run(await request.text()))
  },
}
