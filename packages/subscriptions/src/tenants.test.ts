import { createApi } from '@ringback/core'
import { document } from '@ringback/core/document'
import { beforeEach, describe, expect, it } from 'vitest'
import { recordOf } from '../test/fake-sender.ts'
import { type ItemsApi, info, itemsApi, range, webhooks } from '../test/items-api.ts'
import { subscriptions } from './subscriptions.ts'

type Row = [method: string, path: string, body: object | undefined]
const OPERATIONS: readonly Row[] = [
  ['GET', '/endpoints/ep_1', undefined],
  ['PATCH', '/endpoints/ep_1', { description: 'mine' }],
  ['DELETE', '/endpoints/ep_1', undefined],
  ['POST', '/endpoints/ep_1/enable', undefined],
  ['POST', '/endpoints/ep_1/disable', undefined],
  ['POST', '/endpoints/ep_1/rotate', {}],
  ['GET', '/endpoints/ep_1/secret', undefined],
  ['POST', '/endpoints/ep_1/test', undefined],
  ['GET', '/endpoints/ep_1/deliveries', undefined],
  ['POST', '/endpoints/ep_1/deliveries/msg_1/redrive', undefined],
  ['POST', '/endpoints/ep_1/recover', range],
  ['POST', '/endpoints/ep_1/replay', range],
]

let sender: ItemsApi['sender']
let app: ItemsApi['app']
let ask: ItemsApi['ask']
let create: ItemsApi['create']

beforeEach(() => {
  ;({ sender, app, ask, create } = itemsApi())
})

describe('another tenant', () => {
  beforeEach(async () => {
    await create({}, 'a')
    const endpoint = await sender.endpoints.get('ep_1')
    sender.records.push(recordOf(endpoint ?? expect.fail('it is not stored'), 'msg_1'))
  })

  it('is tried with every operation that names an endpoint', () => {
    const { paths } = document({ info }, subscriptions(sender, { authorize: () => 'a', webhooks }))
    const documented = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const tried = OPERATIONS.map(([method, path]) =>
      `${method} ${path}`.replace('ep_1', '{id}').replace('msg_1', '{delivery}'),
    )
    expect([...tried, 'GET /endpoints', 'POST /endpoints'].sort()).toEqual(documented.sort())
  })

  it.each(OPERATIONS)('gets 404 from %s %s, and changes nothing', async (method, path, body) => {
    const before = await sender.endpoints.get('ep_1')
    sender.calls.length = 0
    const refused = await ask(method, path, { tenant: 'b', body })
    expect(refused.status).toBe(404)
    expect(refused.response.headers.get('content-type')).toMatch('application/problem+json')
    expect(refused.body).toMatchObject({ status: 404, title: 'Not Found' })
    expect(JSON.stringify(refused.body)).not.toMatch(/ep_1|example\.com/)
    for (const call of sender.calls) expect(JSON.stringify(call)).toContain('"owner":"b"')
    expect(await sender.endpoints.get('ep_1')).toEqual(before)

    expect((await ask(method, path, { body })).status).toBeLessThan(300)
  })

  it('sees nothing in the list, and cannot redrive by an endpoint of its own', async () => {
    expect((await ask('GET', '/endpoints', { tenant: 'b' })).body).toEqual({ endpoints: [] })
    await create({}, 'b')
    const own = await ask('POST', '/endpoints/ep_2/deliveries/msg_1/redrive', { tenant: 'b' })
    expect([own.status, own.body.detail]).toEqual([404, expect.stringMatching(/no such delivery/)])
    await create({}, 'a')
    expect((await ask('POST', '/endpoints/ep_3/deliveries/msg_1/redrive')).status).toBe(404)
  })

  it.each<Row>([...OPERATIONS, ['GET', '/endpoints', undefined], ['POST', '/endpoints', {}]])(
    'without credentials gets 401 from %s %s before anything is read, and 403 if it may not',
    async (method, path) => {
      sender.calls.length = 0
      const anonymous = await app.request(path, { method, body: method === 'GET' ? null : '{' })
      expect(anonymous.status).toBe(401)
      const authorize = () => Promise.resolve(false as const)
      const closed = createApi({ info }, subscriptions(sender, { authorize, webhooks }))
      const forbidden = await closed.request(path, { method })
      expect(forbidden.status).toBe(403)
      expect(forbidden.headers.get('content-type')).toMatch('application/problem+json')
      expect(sender.calls).toEqual([])
    },
  )
})
