// The invoices API as a Vercel Edge Function, whose callbacks live in PostgreSQL, reached over HTTP.
import { neon } from '@neondatabase/serverless'
import { createApi } from '@ringback/core'
import { createSender } from '@ringback/sender'
import { neonDriver, postgresStore } from '@ringback/store-postgres'
import { waitUntil } from '@vercel/functions'
import { info, operations } from 'edge/src/operations.ts'
import { Hono } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'

const {
  DATABASE_URL = '',
  CALLBACK_SECRET = '',
  CRON_SECRET = '',
  RECEIVER_HOST = '',
} = process.env

const sender = createSender({
  store: postgresStore(neonDriver(neon(DATABASE_URL))),
  secrets: [CALLBACK_SECRET],
  policy: RECEIVER_HOST === '' ? {} : { allowHttp: true, allow: [RECEIVER_HOST] },
  egress: 'platform',
  // the first attempt, after the response
  waitUntil,
})

const app = new Hono()
  .route('/', createApi({ info, sender, document: '/openapi.json' }, operations))
  // all others, and what a function has left when it ended; Vercel sends the secret
  .get('/cron', bearerAuth({ token: CRON_SECRET }), async (c) => c.json(await sender.sendDue()))

export const config = { runtime: 'edge' }

export default function handleRequest(request: Request): Response | Promise<Response> {
  return app.fetch(request)
}
