import { serve } from '@hono/node-server'
import { runtimeSender } from './runtime-sender.ts'
import { tutorialApi } from './tutorial.ts'

const sender = await runtimeSender()
await sender.start()
serve({ fetch: tutorialApi(sender).fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}`),
)
