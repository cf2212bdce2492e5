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

  async 'selects by every combination of filters, page by page'({ store }) {
    const places = [0, 1, 2, 3].flatMap((n) =>
      (['scheduled', 'delivered', 'gone', 'exhausted'] as const).map((end, index) => {
        const { dueAt, ...rest } = delivery(`msg_${n}${index}`, {
          owner: n % 2 === 0 ? 'ann' : 'bob',
          callback: n < 2 ? 'paid' : 'sent',
          operationId: index < 2 ? 'postInvoices' : 'putInvoices',
          endpoint: (n + index) % 2 === 0 ? 'https://a.example' : 'https://b.example',
          createdAt: 1000 + n,
        })
        if (end === 'scheduled') return { ...rest, dueAt: 1000 + n }
        if (end === 'delivered') return { ...rest, state: end }
        return { ...rest, state: 'dead' as const, reason: end }
      }),
    )
    for (const one of places) await store.enqueue(one)
    const given: DeliveryFilter[] = [
      ...[{ owner: 'ann' }, { callback: 'paid' }, { operationId: 'putInvoices' }],
      ...([{ endpoint: 'https://a.example' }, { state: 'dead' }, { reason: 'gone' }] as const),
      ...[{ since: 1001 }, { until: 1003 }],
    ]
    const wanted = (filter: DeliveryFilter) =>
      places
        .filter(
          (one) =>
            one.createdAt >= (filter.since ?? 0) &&
            one.createdAt < (filter.until ?? 5000) &&
            (['owner', 'callback', 'operationId', 'endpoint', 'state'] as const).every(
              (name) => (filter[name] ?? one[name]) === one[name],
            ) &&
            (filter.reason ?? ('reason' in one && one.reason)) === ('reason' in one && one.reason),
        )
        .map(({ id }) => id)
        .sort()
        .reverse()
    for (let chosen = 0; chosen < 2 ** given.length; chosen += 1) {
      const filter: DeliveryFilter = Object.assign(
        {},
        ...given.filter((_, bit) => (chosen >> bit) % 2 === 1),
      )
      const found: string[] = []
      for (
        let page: readonly { id: string }[] | undefined;
        page === undefined || page.length > 0;
      ) {
        const cursor = found.at(-1)
        page = await store.query({ ...filter, limit: 5, ...(cursor !== undefined && { cursor }) })
        found.push(...page.map(({ id }) => id))
      }
      assert.deepEqual(found, wanted(filter), JSON.stringify(filter))
    }
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
