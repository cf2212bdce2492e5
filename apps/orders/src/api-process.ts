// A process of the orders API: it stores callbacks, and leaves the sending to the workers.
import { serve } from '@hono/node-server'
import { run } from 'invoices/src/run.ts'
import { createOrdersSender } from './create-sender.ts'
import { createOrdersApi } from './orders.ts'

await run(async () => {
  const { pool, sender } = createOrdersSender()
  const app = createOrdersApi(pool, sender)
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({
        url: `http://127.0.0.1:${port}`,
        async stop() {
          await new Promise((closed) => server.close(closed))
          await pool.end()
        },
      }),
    )
  })
})
