import { DatabaseSync } from 'node:sqlite'
import type { StoredEndpoint, StoredMessage } from '@ringback/sender'
import { createStoreClock } from '@ringback/sender/store'
import { expect, it } from 'vitest'
import { createNodeDriver } from '../node/node-driver.ts'
import { createCallbackTables } from './callback-tables.ts'
import { createDeliveryTables } from './delivery-tables.ts'
import { migrate } from './migrate.ts'

const NOW = 1_700_000_000_000
const ENDPOINT: StoredEndpoint = {
  id: 'ep_1',
  owner: 'ann',
  url: 'https://a.example/hook',
  events: ['*'],
  keys: [{ generation: 1 }],
  state: 'enabled',
  createdAt: NOW,
  updatedAt: NOW,
}
const MESSAGE: StoredMessage = {
  id: 'msg_1',
  owner: 'ann',
  operationId: '',
  callback: 'order.paid',
  method: 'post',
  createdAt: NOW,
  payload: new TextEncoder().encode('{}'),
}
const LIMITS = { endpoint: {}, owner: {}, pace: 1 }

it('claims and erases what tables with endpoints have published before', () => {
  const driver = createNodeDriver(new DatabaseSync(':memory:'))
  migrate(driver, 'of this test')
  const clock = createStoreClock({ now: () => NOW })
  const all = createDeliveryTables(driver, clock)
  all.change(() => all.endpoints.add(ENDPOINT))
  all.change(() => all.endpoints.publish(MESSAGE, ['*']))

  const tables = createCallbackTables(driver, clock)
  const [claimed] = tables.change(() =>
    tables.claim({ limit: 10, lease: 45_000, limits: LIMITS }),
  ).deliveries
  if (claimed === undefined) throw new Error('nothing was claimed')
  expect(claimed.target).toEqual({ id: 'ep_1', url: ENDPOINT.url, keys: ENDPOINT.keys })
  const transition = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
  expect(tables.change(() => tables.commit(claimed, transition)).kind).toBe('done')
  expect(tables.change(() => tables.erase({ owner: 'ann' }))).toBe(1)
  for (const table of ['message', 'publication', 'done', 'live']) {
    expect(driver.all(`SELECT * FROM ringback_${table}`), table).toEqual([])
  }
})
