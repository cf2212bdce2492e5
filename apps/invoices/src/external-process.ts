// The process of the external API.
import { externalApi } from './external.ts'
import { listen, portOf } from './listen.ts'
import { run } from './run.ts'

await run(async () => {
  const secret = process.env.CALLBACK_SECRET
  if (!secret)
    throw new Error('CALLBACK_SECRET is not set: it is the secret that the invoices API signs with')

  const server = await listen(externalApi([secret]), portOf('EXTERNAL_PORT', 9000), 'EXTERNAL_PORT')
  return { url: server.url, stop: () => server.close() }
})
