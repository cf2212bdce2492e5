// The external developer's API, written from the reference page of the invoices API.
import { callback } from '@ringback/core'
import { receive } from '@ringback/receiver'
import { Hono } from 'hono'
import * as v from 'valibot'

// as the reference page shows it
const invoiceNotification = callback(
  'post',
  '{$request.query.callback_url}/invoices/{$request.body#/id}',
)
  .body(v.object({ description: v.string(), paid: v.boolean() }))
  .response(200, v.object({ ok: v.boolean() }))

/** A request that was received under /events. */
export interface ReceivedRequest {
  readonly url: string
  readonly headers: Record<string, string>
  /** Parsed if it is JSON, else text. */
  readonly body: unknown
  readonly verified: boolean
}

/** Creates the external API; it lists the requests that it has received at /received. */
export function createExternalApi(secrets: readonly string[]) {
  const received: ReceivedRequest[] = []

  return new Hono()
    .use('/events/*', async (c, next) => {
      const body = parse(await c.req.text())
      await next()
      const verified = c.res.ok
      received.push({ url: c.req.url, headers: c.req.header(), body, verified })
      console.log(
        `received POST ${c.req.path} ${JSON.stringify(body)}: ${verified ? 'verified' : `refused with ${c.res.status}`}`,
      )
    })
    .post(
      '/events/invoices/:id',
      receive(invoiceNotification, { secrets }).handle(({ params, payload }) => {
        const state = payload.paid ? 'paid' : 'not paid'
        console.log(`the invoice ${params.id} is ${state}: ${payload.description}`)
        return { status: 200, body: { ok: true } }
      }),
    )
    .get('/received', (c) => c.json(received))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
