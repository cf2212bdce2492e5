// The process of the external API.
import { createExternalApi } from './external.ts'
import { listen, readPort } from './listen.ts'
import { run } from './run.ts'

await run(async () => {
  const secret = process.env.CALLBACK_SECRET
  if (!secret) {
    throw new Error('CALLBACK_SECRET is not set: set it to the secret of the invoices API')
  }

  const server = await listen(
    createExternalApi([secret]),
    readPort('EXTERNAL_PORT', 9000),
    'EXTERNAL_PORT',
  )
  return { url: server.url, stop: () => server.close() }
})
