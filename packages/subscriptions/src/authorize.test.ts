import { createApi, securityScheme } from '@ringback/core'
import { bearerAuth } from 'hono/bearer-auth'
import { beforeEach, describe, expect, it } from 'vitest'
import { type FakeSender, fakeSender } from '../test/fake-sender.ts'
import { info, webhooks } from '../test/items-api.ts'
import type { Authorize } from './authorize.ts'
import { subscriptions } from './subscriptions.ts'

let sender: FakeSender

beforeEach(() => {
  sender = fakeSender()
})

describe('authorize', () => {
  const list = (authorize: Authorize, init: RequestInit = {}) =>
    createApi({ info }, subscriptions(sender, { authorize, webhooks })).request('/endpoints', init)

  it.each<[string, Authorize, number]>([
    ['undefined', () => undefined, 401],
    ['no text, such as that of an empty header', () => '', 401],
    ['false', () => false, 403],
    ['an owner', () => 'a', 200],
    ['a promise', async () => 'a', 200],
  ])('gives %s', async (_, authorize, status) => {
    expect((await list(authorize)).status).toBe(status)
    expect(sender.calls).toHaveLength(status === 200 ? 1 : 0)
  })

  it('runs after the security that callers are documented to need', async () => {
    const asked: string[] = []
    const bearer = securityScheme(
      'bearer',
      { type: 'http', scheme: 'bearer' },
      bearerAuth({ token: 'right' }),
    )
    const operations = subscriptions(sender, {
      webhooks,
      security: [bearer],
      authorize(c) {
        asked.push(c.req.path)
        return 'a'
      },
    })
    const api = createApi({ info, document: '/openapi.json' }, operations)
    const refused = await api.request('/endpoints')
    expect([refused.status, refused.headers.get('www-authenticate'), asked]).toEqual([
      401,
      expect.stringMatching(/^Bearer/),
      [],
    ])
    const headers = { authorization: 'Bearer right' }
    expect((await api.request('/endpoints', { headers })).status).toBe(200)
    expect(asked).toEqual(['/endpoints'])
    const written = await (await api.request('/openapi.json')).json()
    expect(written.paths['/endpoints/{id}'].delete.security).toEqual([{ bearer: [] }])
  })
})
