import { serve } from '@hono/node-server'
import { createReceiver } from './app.ts'

const { CALLBACK_SECRET: secret, RECEIVER_PORT = '9000' } = process.env
if (!secret) throw new Error('CALLBACK_SECRET is not set: give the secret of the API')

serve(
  { fetch: createReceiver([secret]).fetch, port: Number(RECEIVER_PORT), hostname: '127.0.0.1' },
  ({ port }) => console.log(`Receiving callbacks at http://127.0.0.1:${port}/events`),
)
