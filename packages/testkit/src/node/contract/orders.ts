import assert from 'node:assert/strict'
import type { StoredDelivery } from '@ringback/sender'
import { assertHas, claimIds, claimOne, delivery, type Scene, sweep } from './scene.ts'
import type { Cases } from './store-contract.ts'

const DELIVERED = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
const DEAD = { state: 'dead', reason: 'gone', attemptCount: 1, refusals: 0 } as const

async function storeThree({ store }: Scene, change: Partial<StoredDelivery> = { orderKey: 'a' }) {
  for (const id of ['msg_1', 'msg_2', 'msg_3']) await store.enqueue(delivery(id, change))
}

/** How a store treats order keys and dedupe keys. */
export const ORDERS: Cases = {
  async 'claims deliveries with one order key one after the other, independently of other keys'(
    scene,
  ) {
    const { store, time } = scene
    await storeThree(scene)
    await store.enqueue(delivery('msg_4', { orderKey: 'b' }))
    await store.enqueue(delivery('msg_5'))
    await store.enqueue(delivery('msg_6', { orderKey: 'a', owner: 'ann' }))
    await store.enqueue(delivery('msg_7', { orderKey: 'a', endpoint: 'https://b.example' }))
    const { deliveries } = await store.claim({ limit: 10, lease: 10_000 })
    const ids = deliveries.map(({ id }) => id).sort()
    assert.deepEqual(ids, ['msg_1', 'msg_4', 'msg_5', 'msg_6', 'msg_7'])

    const head = deliveries.find(({ id }) => id === 'msg_1')
    if (head)
      await store.commit(head, { state: 'scheduled', delay: 1000, attemptCount: 1, refusals: 0 })
    assert.deepEqual(await claimIds(scene), [])
    time.at = 2000
    const again = await claimOne(scene)
    assertHas(again, { id: 'msg_1' })
    await store.commit(again, DELIVERED)
    assert.deepEqual(await claimIds(scene), ['msg_2'])
  },

  async 'continues with an order key when its head is dead, cancelled, lost or expired'(scene) {
    const { store, time } = scene
    await storeThree(scene)
    await store.enqueue(delivery('msg_4', { orderKey: 'a', expiresAt: 3000 }))
    await store.enqueue(delivery('msg_5', { orderKey: 'a' }))
    await store.commit(await claimOne(scene), DEAD)
    await store.cancel('msg_2')
    for (const _ of [1, 2, 3]) {
      assert.deepEqual(await claimIds(scene), ['msg_3'])
      time.at += 100
      await sweep(scene)
    }
    time.at = 3000
    await sweep(scene)
    assert.deepEqual(await claimIds(scene), ['msg_5'])
  },

  async 'keeps the order when a delivery in the middle is cancelled'(scene) {
    await storeThree(scene)
    const head = await claimOne(scene)
    await scene.store.cancel('msg_2')
    assert.deepEqual(await claimIds(scene), [])
    await scene.store.commit(head, DELIVERED)
    assert.deepEqual(await claimIds(scene), ['msg_3'])
  },

  async 'returns the stored delivery for a known dedupe key, even at the same time'({ store }) {
    const first = delivery('msg_1', { dedupeKey: 'a' })
    const results = await Promise.all([
      store.enqueue(first),
      store.enqueue(delivery('msg_2', { dedupeKey: 'a' })),
    ])
    const kinds = results.map(({ kind }) => kind)
    assert.deepEqual(kinds, ['stored', 'duplicate'])
    const [, second] = results
    assertHas(second.delivery, { id: 'msg_1' })
    assert.equal((await store.query()).length, 1)
  },

  async 'refuses a known dedupe key with another payload or URL'({ store }) {
    await store.enqueue(delivery('msg_1', { dedupeKey: 'a' }))
    const other = { dedupeKey: 'a', payload: new Uint8Array([1]) }
    const byPayload = await store.enqueue(delivery('msg_2', other))
    const byUrl = await store.enqueue(
      delivery('msg_3', { dedupeKey: 'a', url: 'https://a.example/b' }),
    )
    assert.deepEqual([byPayload.kind, byUrl.kind], ['conflict', 'conflict'])
    assert.equal((await store.query()).length, 1)
  },

  async 'separates the dedupe keys of owners, operations and callbacks'({ store }) {
    for (const [id, change] of Object.entries({
      msg_1: {},
      msg_2: { owner: 'ann' },
      msg_3: { callback: 'other' },
      msg_4: { operationId: 'other' },
    })) {
      const { kind } = await store.enqueue(delivery(id, { dedupeKey: 'a', ...change }))
      assert.equal(kind, 'stored')
    }
  },
}
