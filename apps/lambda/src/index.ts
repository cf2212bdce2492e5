// The invoices API on AWS Lambda, whose callbacks live in PostgreSQL.
import { createApi } from '@ringback/core'
import { createSender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { pgDriver, postgresStore } from '@ringback/store-postgres'
import { info, operations } from 'edge/src/operations.ts'
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda'
import { Pool } from 'pg'

const { DATABASE_URL = '', CALLBACK_SECRET = '', RECEIVER_HOST = '' } = process.env

// the process is frozen between two invocations, and its connections with it
const pool = new Pool({ connectionString: DATABASE_URL, max: 2, idleTimeoutMillis: 1000 })
pool.on('error', () => {})

const policy = RECEIVER_HOST === '' ? {} : { allowHttp: true, allow: [RECEIVER_HOST] }
const begun = new Set<Promise<unknown>>()

const sender = createSender({
  store: postgresStore(pgDriver(pool)),
  secrets: [CALLBACK_SECRET],
  fetch: guardedFetch({ policy }),
  policy,
  deadline: 5000,
  waitUntil: (promise) => begun.add(promise),
})

const respond = handle(createApi({ info, sender, document: '/openapi.json' }, operations))

/** Responds to a request of API Gateway, an ALB or a function URL. */
export async function handler(event: LambdaEvent, context?: LambdaContext) {
  const response = await respond(event, context)
  // nothing runs after the response, so the first attempt is made before it
  await Promise.all(begun)
  begun.clear()
  return response
}

/** Sends what is due: a schedule of EventBridge invokes it every minute. */
export async function cron(): Promise<{ readonly sent: number }> {
  return sender.sendDue()
}
