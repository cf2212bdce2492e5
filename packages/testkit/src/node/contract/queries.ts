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

  async 'queries by endpoint, operation, callback, reason and time'({ store }) {
    const endpoint = 'https://b.example'
    await store.enqueue(delivery('msg_1', { endpoint }))
    await store.enqueue(delivery('msg_2', { callback: 'paid', operationId: 'putInvoices' }))
    const { dueAt: _, ...ended } = delivery('msg_3', { state: 'dead', reason: 'gone' })
    await store.enqueue(ended)
    await store.enqueue(delivery('msg_4', { createdAt: 2000, dueAt: 2000 }))
    const ids = async (filter?: DeliveryFilter) => (await store.query(filter)).map(({ id }) => id)
    assert.deepEqual(await ids({ endpoint }), ['msg_1'])
    assert.deepEqual(await ids({ callback: 'paid' }), ['msg_2'])
    assert.deepEqual(await ids({ operationId: 'putInvoices' }), ['msg_2'])
    assert.deepEqual(await ids({ reason: 'gone' }), ['msg_3'])
    assert.deepEqual(await ids({ reason: 'gone', state: 'dead' }), ['msg_3'])
    assert.deepEqual(await ids({ since: 2000 }), ['msg_4'])
    assert.deepEqual(await ids({ since: 1000, until: 2000 }), ['msg_3', 'msg_2', 'msg_1'])
  },

  async 'reads on with a cursor whose delivery was erased, while others are added'({ store }) {
    const ended = (n: number) => {
      const { dueAt: _, ...rest } = delivery(`msg_${n}`, { state: 'delivered', owner: 'ann' })
      return rest
    }
    for (const n of [1, 2, 3, 5]) await store.enqueue(ended(n))
    const first = await store.query({ owner: 'ann', limit: 2 })
    const cursor = first.at(-1)?.id ?? ''
    await store.erase({ id: cursor })
    for (const n of [4, 6]) await store.enqueue(ended(n))
    await store.enqueue(delivery('msg_0', { owner: 'bob' }))
    const rest = await store.query({ owner: 'ann', cursor, since: 0, until: 5000 })
    assert.deepEqual(
      [...first, ...rest].map(({ id }) => id),
      ['msg_5', 'msg_3', 'msg_2', 'msg_1'],
    )
  },

  async 'gives each owner and endpoint only its own, whatever characters they have'({ store }) {
    const names = ['a', 'a ', 'A', 'a\n', 'a:b', "a'b", '%', '_', 'é', 'e\u0301', '']
    for (const [n, owner] of names.entries()) {
      await store.enqueue(delivery(`msg_${n}`, { owner, dedupeKey: 'a', orderKey: 'a' }))
    }
    for (const [n, owner] of names.entries()) {
      assert.deepEqual(
        (await store.query({ owner })).map(({ id }) => id),
        [`msg_${n}`],
      )
    }
    assert.equal((await store.claim({ limit: 100, lease: 100 })).deliveries.length, names.length)
    for (const owner of names) assert.equal(await store.erase({ owner }), 0)
  },

  async 'reads page after page with a cursor, final deliveries and others together'({ store }) {
    for (const n of [1, 2, 3, 4, 5]) {
      const { dueAt: _, ...ended } = delivery(`msg_${n}`, { state: 'delivered' })
      await store.enqueue(n % 2 === 0 ? ended : delivery(`msg_${n}`))
    }
    const pages: string[][] = []
    for (let cursor: string | undefined; pages.length < 4; ) {
      const page = await store.query({ limit: 2, ...(cursor !== undefined && { cursor }) })
      pages.push(page.map(({ id }) => id))
      cursor = page.at(-1)?.id ?? cursor
    }
    assert.deepEqual(pages, [['msg_5', 'msg_4'], ['msg_3', 'msg_2'], ['msg_1'], []])
  },
}
