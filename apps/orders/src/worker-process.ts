// A worker: it sends what is due, and tells the parent process what it has delivered.

import { run } from 'invoices/src/run.ts'
import { createOrdersSender } from './create-sender.ts'

await run(async () => {
  const { pool, sender } = createOrdersSender()
  sender.on(({ delivery }) => {
    if (delivery.state === 'delivered') process.send?.({ delivered: delivery.id })
  })
  await sender.start()
  return {
    url: '',
    async stop() {
      await sender.stop()
      await pool.end()
    },
  }
})
