import assert from 'node:assert/strict'
import type { DeliveryFilter } from '@ringback/sender'
import { assertHas, delivery } from './scene.ts'
import type { Cases } from './store-contract.ts'

/** How a store answers queries. */
export const QUERIES: Cases = {
  async 'returns a stored delivery without its payload'({ store }) {
    const { payload: _payload, refusals: _refusals, ...rest } = delivery('msg_1')
    await store.enqueue(delivery('msg_1'))
    assert.deepEqual(await store.query(), [{ ...rest, attempts: [] }])
  },

  async 'stores final deliveries with their attempts'({ store }) {
    const { dueAt: _, ...ended } = delivery('msg_1', {
      state: 'dead',
      reason: 'blocked',
      detail: 'no',
    })
    const log = [{ startedAt: 1, duration: 2, detail: 'no' }]
    await store.enqueue(ended, log)
    const [record] = await store.query()
    assertHas(record, { state: 'dead', reason: 'blocked', attempts: log })
    assert.deepEqual(await store.claim({ limit: 10, lease: 100 }), { deliveries: [], swept: [] })
  },

  async 'queries by id, state and owner, newest first'({ store }) {
    for (const id of ['msg_1', 'msg_2', 'msg_3']) {
      await store.enqueue(delivery(id, { owner: id === 'msg_2' ? 'ann' : 'default' }))
    }
    const ids = async (filter?: DeliveryFilter) => (await store.query(filter)).map(({ id }) => id)
    assert.deepEqual(await ids(), ['msg_3', 'msg_2', 'msg_1'])
    assert.deepEqual(await ids({ limit: 2 }), ['msg_3', 'msg_2'])
    assert.deepEqual(await ids({ owner: 'ann' }), ['msg_2'])
    assert.deepEqual(await ids({ id: 'msg_1' }), ['msg_1'])
    assert.deepEqual(await ids({ state: 'dead' }), [])
    assert.deepEqual(await ids({ owner: "'; DROP TABLE ringback_delivery; --" }), [])
  },
}
