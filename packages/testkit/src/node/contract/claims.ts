import assert from 'node:assert/strict'
import type { StoredDelivery } from '@ringback/sender'
import { assertHas, claimIds, claimOne, delivery, sweep } from './scene.ts'
import type { Cases } from './store-contract.ts'

const RETRY = { state: 'scheduled', attemptCount: 1, refusals: 0 } as const

/** How a store claims due deliveries. */
export const CLAIMS: Cases = {
  async 'claims due deliveries, oldest first, up to the limit, and says when the next is due'(
    scene,
  ) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_3', { dueAt: 3000 }))
    await store.enqueue(delivery('msg_2', { dueAt: 900 }))
    await store.enqueue(delivery('msg_1', { dueAt: 1000 }))

    const first = await store.claim({ limit: 1, lease: 100 })
    assert.deepEqual(
      first.deliveries.map(({ id }) => id),
      ['msg_2'],
    )
    assert.equal(first.nextIn, 0)
    const second = await store.claim({ limit: 10, lease: 100 })
    assert.deepEqual(
      second.deliveries.map(({ id }) => id),
      ['msg_1'],
    )
    assert.equal(second.nextIn, 100) // the lease of the first ones
    time.at = 3000
    const third = await store.claim({ limit: 10, lease: 100 })
    assert.deepEqual(third.swept.map(({ id, state }) => [id, state]).sort(), [
      ['msg_1', 'scheduled'],
      ['msg_2', 'scheduled'],
    ])
    assert.equal(third.deliveries.length, 3)
    const last = await store.claim({ limit: 10, lease: 100 })
    assert.deepEqual(last, { deliveries: [], swept: [], nextIn: 100 })
  },

  async 'claims with the same bytes that were stored'(scene) {
    await scene.store.enqueue(delivery('msg_1'))
    const claimed = await claimOne(scene)
    assertHas(claimed, { state: 'sending', url: 'https://a.example/', attemptCount: 0 })
    assert.equal(new TextDecoder().decode(claimed.payload), '{"€":1}')
  },

  async 'ends a delivery as dead when its leases are lost too often in a row'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1'))
    for (const state of ['scheduled', 'scheduled', 'dead']) {
      await claimOne(scene)
      time.at += 100
      const [lost] = await sweep(scene)
      assertHas(lost, { state })
    }
    const [record] = await store.query()
    assertHas(record, { reason: 'internal', attemptCount: 0 })
  },

  async 'gives settings back unchanged, until they are erased with the payload'(scene) {
    const { store } = scene
    const settings: NonNullable<StoredDelivery['settings']> = {
      headers: { 'x-tenant': 'Jürgen "ann"' },
      contentType: 'text/csv; header=present',
      finalStatuses: [409, 422],
      schedule: [0, 4000.5],
      deadline: 20_000,
      overloadWait: 0,
      credentials: [{ scheme: 'key', in: 'header', name: 'authorization', http: 'Bearer' }],
    }
    await store.enqueue(delivery('msg_1', { settings }))
    await store.enqueue(delivery('msg_2', { dueAt: 9000 }))
    const claimed = await claimOne(scene)
    assertHas(claimed, { settings, isProbe: false })
    await store.commit(claimed, RETRY)
    const again = await claimOne(scene)
    assertHas(again, { settings })
    await store.commit(again, { ...RETRY, state: 'dead', reason: 'exhausted' })
    await store.redrive('msg_1')
    const last = await claimOne(scene)
    assertHas(last, { settings })
    await store.commit(last, { ...RETRY, state: 'delivered' })
    assertHas(await store.find('msg_1'), { settings })
    assertHas(await store.find('msg_2'), { settings: undefined })
    // only what is for operators is listed
    assert.equal(JSON.stringify(await store.query()).includes('tenant'), false)
    await store.erase({ id: 'msg_1' })
    assert.equal(await store.find('msg_1'), undefined)
  },

  async 'compares headers, media type and query for a dedupe key, and no other settings'({
    store,
  }) {
    const stored = { headers: { 'x-tenant': 'ann' }, schedule: [0] }
    await store.enqueue(delivery('msg_1', { dedupeKey: 'a', settings: stored }))
    const repeat = async (id: string, settings?: StoredDelivery['settings']) => {
      const change = settings === undefined ? {} : { settings }
      return (await store.enqueue(delivery(id, { dedupeKey: 'a', ...change }))).kind
    }
    assert.equal(await repeat('msg_2', { ...stored, schedule: [0, 1] }), 'duplicate')
    assert.equal(await repeat('msg_3', { headers: { 'x-tenant': 'bob' } }), 'conflict')
    assert.equal(await repeat('msg_4', { ...stored, contentType: 'text/csv' }), 'conflict')
    assert.equal(await repeat('msg_5'), 'conflict')
    assert.equal(await repeat('msg_6', { ...stored, query: 'v=2' }), 'conflict')
    assert.equal(await repeat('msg_7', { ...stored, deadline: 5, delay: 9 }), 'duplicate')
  },

  async 'ends an expired delivery as dead before it is claimed'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1', { expiresAt: 2000 }))
    await store.enqueue(delivery('msg_2', { expiresAt: 2001 }))
    time.at = 2000
    const [expired, ...others] = await sweep(scene)
    assertHas(expired, { id: 'msg_1', state: 'dead', reason: 'expired' })
    assert.deepEqual(others, [])
    assert.deepEqual(await claimIds(scene), ['msg_2'])
  },

  async 'gives a delivery once whose lease was lost and that has expired meanwhile'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1', { expiresAt: 1050 }))
    await claimOne(scene)
    time.at = 1100
    const { deliveries, swept } = await store.claim({ limit: 10, lease: 100 })
    assert.deepEqual([deliveries, swept.length], [[], 1])
    assertHas(swept[0], { id: 'msg_1', state: 'dead', reason: 'expired' })
    assertHas((await store.query())[0], { state: 'dead', reason: 'expired' })
  },

  async 'leaves a delivery that expires while it is being sent to its worker'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1', { expiresAt: 1050 }))
    const claimed = await claimOne(scene)
    time.at = 1060
    assert.deepEqual(await sweep(scene), [])
    await store.commit(claimed, { state: 'delivered', attemptCount: 1, refusals: 0 })
    assertHas((await store.query())[0], { state: 'delivered', expiresAt: 1050 })
  },
}
