// Asks an object for the same delivery twice at about the same time, the second time as a call that got no reply.

import { CallbackObject } from '../src/callback-object.ts'
import type { StoreCall, StoreReply } from '../src/store-call.ts'
import { deliveryOf } from './rows-worker.ts'

const DELAY = 60_000

export class Callbacks extends CallbackObject {
  options() {
    return { secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] }
  }
}

interface Env {
  readonly CALLBACKS: {
    newUniqueId(): object
    get(id: object): { execute(call: StoreCall): Promise<StoreReply> }
  }
}

export default {
  async fetch(_: Request, { CALLBACKS }: Env): Promise<Response> {
    const stub = CALLBACKS.get(CALLBACKS.newUniqueId())
    const delivery = deliveryOf(1, Date.now())
    const args = [{ ...delivery, dueAt: delivery.createdAt + DELAY }]
    const enqueue = (isRepeated: boolean) =>
      stub.execute({ method: 'enqueue', args, shards: 1, isRepeated })
    return Response.json(await Promise.all([enqueue(false), enqueue(true)]))
  },
}
