// A worker: it sends what is due, and tells the parent process what it has delivered.
import { createOrdersSender } from './create-sender.ts'
import { run } from './run.ts'

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
