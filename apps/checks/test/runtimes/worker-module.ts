// The tutorial as a Cloudflare Worker whose sender is made with the module, where a Worker may not use timers, random
// numbers and AbortControllers.
import { env, waitUntil } from 'cloudflare:workers'
import { createSender, memoryStore } from '@ringback/sender'
import { tutorialApi } from './tutorial.ts'

const sender = createSender({
  store: memoryStore({ volatile: true }),
  secrets: [env.CALLBACK_SECRET],
  egress: 'platform',
  policy: { allowHttp: true, allow: ['127.0.0.1'] },
  waitUntil,
})

export default tutorialApi(sender)
