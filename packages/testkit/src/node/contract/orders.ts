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

  async 'takes an empty dedupe key or order key for a key'({ store }) {
    await store.enqueue(delivery('msg_1', { dedupeKey: '', orderKey: '' }))
    const repeat = await store.enqueue(delivery('msg_2', { dedupeKey: '', orderKey: '' }))
    assert.deepEqual([repeat.kind, repeat.delivery.id], ['duplicate', 'msg_1'])
    await store.enqueue(delivery('msg_3', { orderKey: '' }))
    const { deliveries } = await store.claim({ limit: 10, lease: 100 })
    assert.deepEqual(
      deliveries.map(({ id }) => id),
      ['msg_1'],
    )
  },

  async 'keeps a dedupe key while its delivery is stored, final or not, and gives it as it is then'(
    scene,
  ) {
    const { store } = scene
    await store.enqueue(delivery('msg_1', { dedupeKey: 'a' }))
    const claimed = await claimOne(scene)
    const whileSent = await store.enqueue(delivery('msg_2', { dedupeKey: 'a' }))
    assertHas(whileSent.delivery, { id: 'msg_1', state: 'sending' })
    await store.commit(claimed, DELIVERED)
    const after = await store.enqueue(delivery('msg_3', { dedupeKey: 'a' }))
    assert.equal(after.kind, 'duplicate')
    assertHas(after.delivery, { id: 'msg_1', state: 'delivered', attemptCount: 1 })
    assert.deepEqual(await claimIds(scene), [])
  },

  async 'lets a redriven delivery take its turn behind the one of its order key that is being sent'(
    scene,
  ) {
    const { store } = scene
    await storeThree(scene)
    await store.commit(await claimOne(scene), DEAD)
    const second = await claimOne(scene)
    await store.redrive('msg_1')
    assert.deepEqual(await claimIds(scene), [])
    await store.commit(second, DELIVERED)
    assert.deepEqual(await claimIds(scene), ['msg_1'])
  },

  async 'keeps the order of an order key through a hold, an expiry and a lost lease'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1', { orderKey: 'a' }))
    await store.enqueue(delivery('msg_2', { orderKey: 'a', expiresAt: 2000 }))
    await store.enqueue(delivery('msg_3', { orderKey: 'a' }))
    const head = await claimOne(scene)
    await store.commit(head, {
      ...{ state: 'scheduled', delay: 0, attemptCount: 1, refusals: 0 },
      receiver: { verdict: 'failing', pause: 5000 },
    })
    time.at = 2000
    const [expired, ...others] = await sweep(scene)
    assertHas(expired, { id: 'msg_2', reason: 'expired' })
    assert.deepEqual(others, [])
    time.at = 6000
    assertHas(await claimOne(scene), { id: 'msg_1', isProbe: true })
    time.at = 6100
    await sweep(scene)
    const again = await claimOne(scene)
    assertHas(again, { id: 'msg_1', isProbe: true })
    await store.commit(again, { ...DELIVERED, receiver: { verdict: 'well' } })
    assert.deepEqual(await claimIds(scene), ['msg_3'])
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
