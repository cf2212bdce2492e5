// Runs each case of the store contract in an object of its own.

import { DurableObject } from 'cloudflare:workers'
import { storeContract } from '@ringback/testkit/contract'
import { openObjectStore } from '../src/object-store.ts'

export class Store extends DurableObject {
  async run(index: number): Promise<string> {
    const cases = storeContract((clock) => ({ store: openObjectStore(this.ctx.storage, clock) }))
    try {
      await cases[index]?.run()
      return ''
    } catch (error) {
      return error instanceof Error ? `${error.message}\n${error.stack}` : String(error)
    }
  }
}

interface Env {
  readonly STORE: {
    newUniqueId(): object
    get(id: object): { run(index: number): Promise<string> }
  }
}

export default {
  async fetch(request: Request, { STORE }: Env): Promise<Response> {
    const index = Number(new URL(request.url).searchParams.get('case'))
    return new Response(await STORE.get(STORE.newUniqueId()).run(index))
  },
}
