// Operations by which users manage their endpoints.
import { createApi, webhook } from '@ringback/core'
import { createSender, generateMasterKey, memoryStore } from '@ringback/sender'
import { subscriptions } from '@ringback/subscriptions'
import * as v from 'valibot'
import type { RuntimeCase } from './runtime-case.ts'

const webhooks = [
  webhook('post', 'invoice.paid')
    .body(v.object({ id: v.string() }))
    .response('2XX'),
]

export const cases: readonly RuntimeCase[] = [
  {
    name: 'an endpoint is created, and listed with no secret',
    async run() {
      const sender = createSender({
        store: memoryStore({ volatile: true }),
        secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
        masterKey: generateMasterKey(),
        egress: 'platform',
      })
      const operations = subscriptions(sender, {
        webhooks,
        authorize: (c) => c.req.header('x-user'),
      })
      const info = { title: 'Invoices', version: '1' }
      const app = createApi({ info, sender, webhooks }, [...operations])
      const headers = { 'x-user': 'ann', 'content-type': 'application/json' }
      const body = '{"url":"https://example.com/webhooks","events":["invoice.*"]}'
      const created = await app.request('/endpoints', { method: 'POST', headers, body })
      const { secret } = (await created.json()) as { secret: string }
      const listed = await (await app.request('/endpoints', { headers })).text()
      const refused = await app.request('/endpoints')
      return [created.status, secret.startsWith('whsec_'), listed.includes(secret), refused.status]
    },
    expected: [201, true, false, 401],
  },
]
