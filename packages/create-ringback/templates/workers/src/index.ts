// The API as a Cloudflare Worker, whose callbacks live in Durable Objects.
import { env } from 'cloudflare:workers'
import { createApi } from '@ringback/core'
import { createSender } from '@ringback/sender'
import { CallbackObject, durableObjectStore } from '@ringback/store-durable-object'
import { info, operations } from './operations.ts'

/** How both the Worker and its objects sign, and where they send. */
const settingsOf = ({ CALLBACK_SECRET, RECEIVER_HOST }: Env) => ({
  secrets: [CALLBACK_SECRET],
  // a receiver on this machine is for development; by default, private addresses are refused
  policy: RECEIVER_HOST === '' ? {} : { allowHttp: true, allow: [RECEIVER_HOST] },
})

export class Callbacks extends CallbackObject<Env> {
  options(env: Env) {
    return { ...settingsOf(env), operations }
  }
}

const sender = createSender({
  ...settingsOf(env),
  store: durableObjectStore(env.CALLBACKS),
  egress: 'platform',
})

const app = createApi({ info, sender }, operations)

// for development; in production, put it behind the authentication of your operators
if (env.RECEIVER_HOST !== '') {
  app.get('/deliveries', async (c) => c.json(await sender.deliveries({ limit: 20 })))
}

export default {
  fetch: app.fetch,
  scheduled: async () => {
    await sender.sendDue()
  },
}
