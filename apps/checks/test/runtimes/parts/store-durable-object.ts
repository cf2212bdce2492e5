// Deliveries in Durable Objects, which send them.
import { env } from 'cloudflare:workers'
import { createSender } from '@ringback/sender'
import {
  type CallbackNamespace,
  CallbackObject,
  durableObjectStore,
} from '@ringback/store-durable-object'
import { createOrder, DELIVERED, deliverOne, policy } from './deliver-one.ts'
import type { RuntimeCase } from './runtime-case.ts'

export class Callbacks extends CallbackObject {
  options() {
    return { secrets: [env.CALLBACK_SECRET], operations: [createOrder], policy }
  }
}

export const cases: readonly RuntimeCase[] = [
  {
    name: 'a delivery from an object',
    run(settings) {
      // the types of `env` are those of the application in apps/edge
      const namespace = env.CALLBACKS as unknown as CallbackNamespace
      const store = durableObjectStore(namespace)
      const secrets = [settings.secret]
      return deliverOne(createSender({ store, secrets, egress: 'platform', policy }), settings)
    },
    expected: DELIVERED,
  },
]
