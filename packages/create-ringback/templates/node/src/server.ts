import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { app, sender } from './app.ts'

const port = Number(process.env.PORT ?? 8000)
const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (info) =>
  console.log(`The API is ready: http://127.0.0.1:${info.port}/reference`),
)
await sender.start()

// aborting one wait would leave the other
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
server.close()
await sender.stop()
process.exit()
