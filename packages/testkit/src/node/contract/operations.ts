import assert from 'node:assert/strict'
import { assertHas, claimIds, claimOne, delivery } from './scene.ts'
import type { Cases } from './store-contract.ts'

const DELIVERED = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
const DEAD = {
  state: 'dead',
  reason: 'exhausted',
  detail: 'no',
  attemptCount: 7,
  refusals: 0,
} as const

/** How a store cancels, redrives, finds and erases deliveries. */
export const OPERATIONS: Cases = {
  async 'cancels a delivery that waits, and none that is final'(scene) {
    const { store } = scene
    await store.enqueue(delivery('msg_1'))
    await store.enqueue(delivery('msg_2'))
    assertHas(await store.cancel('msg_1'), { id: 'msg_1', state: 'cancelled' })
    await store.commit(await claimOne(scene), DELIVERED)
    assertHas(await store.cancel('msg_2'), { id: 'msg_2', state: 'delivered' })
    assert.equal(await store.cancel('msg_3'), undefined)
    assert.deepEqual(await claimIds(scene), [])
  },

  async 'has nothing due once all that waited was cancelled, also when that is redriven'(scene) {
    const { store } = scene
    const nextIn = async () => (await store.claim({ limit: 0, lease: 100 })).nextIn
    for (const [id, order] of [
      ['msg_1', {}],
      ['msg_2', { orderKey: 'a' }],
    ] as const) {
      await store.enqueue(delivery(id, order))
      await store.cancel(id)
      assert.equal(await nextIn(), undefined)
      await store.redrive(id)
      assert.equal(await nextIn(), undefined)
    }
  },

  async 'gives what a dedupeKey repeats as it is stored, also while its endpoint is held'(scene) {
    const { store } = scene
    await store.enqueue(delivery('msg_1'))
    await store.enqueue(delivery('msg_2', { dedupeKey: 'a' }))
    const receiver = { verdict: 'failing', pause: 1000 } as const
    await store.commit(await claimOne(scene), { ...DELIVERED, receiver })
    const { kind, delivery: known } = await store.enqueue(delivery('msg_3', { dedupeKey: 'a' }))
    assert.equal(kind, 'duplicate')
    assertHas(known, { id: 'msg_2', state: 'scheduled' })
    assertHas((await store.query({ id: 'msg_2' }))[0], { state: 'parked' })
  },

  async 'lets a delivery that was cancelled while it was being sent end as delivered, and as nothing else'(
    scene,
  ) {
    const { store } = scene
    const attempt = { startedAt: 1000, duration: 1 }
    for (const [id, transition, state] of [
      ['msg_1', DELIVERED, 'delivered'],
      ['msg_2', { ...DELIVERED, state: 'scheduled', delay: 1000 }, 'cancelled'],
      ['msg_3', DEAD, 'cancelled'],
    ] as const) {
      await store.enqueue(delivery(id))
      const claimed = await claimOne(scene)
      await store.cancel(id)
      const committed = state === 'delivered' ? 'done' : 'cancelled'
      assertHas(await store.commit(claimed, transition, attempt), { kind: committed })
      assertHas((await store.query({ id }))[0], { state, attempts: [attempt] })
    }
    assert.deepEqual(await claimIds(scene), [])
  },

  async 'refuses a late commit of a delivery that was cancelled while it waited again'(scene) {
    const { store } = scene
    await store.enqueue(delivery('msg_1'))
    const claimed = await claimOne(scene)
    await store.commit(claimed, { ...DELIVERED, state: 'scheduled' })
    await store.cancel('msg_1')
    assertHas(await store.commit(claimed, DELIVERED), { kind: 'lost' })
    assertHas((await store.query())[0], { state: 'cancelled' })
  },

  async 'redrives a dead delivery from the start, with the same id and bytes'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1', { expiresAt: 1500 }))
    await store.commit(await claimOne(scene), DEAD, { startedAt: 1000, duration: 1 })
    time.at = 9000
    const revived = await store.redrive('msg_1')
    assertHas(revived, { id: 'msg_1', state: 'scheduled', dueAt: 9000, attemptCount: 0 })
    assertHas(revived, { reason: undefined, detail: undefined, expiresAt: undefined })
    const claimed = await claimOne(scene)
    assert.equal(new TextDecoder().decode(claimed.payload), '{"€":1}')
    assert.equal((await store.query())[0]?.attempts.length, 1)
  },

  async 'makes a waiting delivery due now by a redrive, and changes no other'(scene) {
    const { store } = scene
    await store.enqueue(delivery('msg_1', { dueAt: 9000 }))
    assertHas(await store.redrive('msg_1'), { state: 'scheduled', dueAt: 1000 })
    const claimed = await claimOne(scene)
    assertHas(await store.redrive('msg_1'), { state: 'sending' })
    await store.commit(claimed, DELIVERED)
    assertHas(await store.redrive('msg_1'), { state: 'delivered' })
    assert.equal(await store.redrive('msg_2'), undefined)
  },

  async 'claims a due delivery once, though it was redriven'(scene) {
    await scene.store.enqueue(delivery('msg_1'))
    await scene.store.redrive('msg_1')
    await scene.store.redrive('msg_1')
    assert.deepEqual(await claimIds(scene), ['msg_1'])
    assert.deepEqual(await claimIds(scene), [])
  },

  async 'redrives a parked delivery as a probe of its endpoint'(scene) {
    const { store } = scene
    await store.enqueue(delivery('msg_1'))
    await store.enqueue(delivery('msg_2'))
    const retry = { ...DELIVERED, state: 'scheduled', delay: 1000 } as const
    await store.commit(await claimOne(scene), {
      ...retry,
      receiver: { verdict: 'failing', pause: 3000 },
    })
    await store.redrive('msg_2')
    assertHas(await claimOne(scene), { id: 'msg_2', isProbe: true })
    assert.deepEqual(await claimIds(scene), [])
  },

  async 'cancels and redrives a delivery of the given owner only'(scene) {
    const { store } = scene
    await store.enqueue(delivery('msg_1', { owner: 'ann', dueAt: 9000 }))
    const bob = { owner: 'bob' }
    assert.equal(await store.cancel('msg_1', bob), undefined)
    assert.equal(await store.redrive('msg_1', bob), undefined)
    assertHas((await store.query())[0], { state: 'scheduled', dueAt: 9000 })
    assertHas(await store.redrive('msg_1', { owner: 'ann' }), { dueAt: 1000 })
    assertHas(await store.cancel('msg_1', { owner: 'ann' }), { state: 'cancelled' })
    assert.equal(await store.cancel('msg_1', bob), undefined)
  },

  async 'spares the newest deliveries of each owner, by count and by bytes'({ store }) {
    const payload = new Uint8Array(100)
    const enqueue = (id: string, owner: string) => {
      const { dueAt: _, ...ended } = delivery(id, { state: 'delivered', owner, payload })
      return store.enqueue(ended)
    }
    for (const n of [1, 2, 3, 4]) await enqueue(`msg_${n}`, 'ann')
    await enqueue('msg_5', 'bob')
    const eraseAll = async (count: number, bytes: number) => {
      for (let erased = 1; erased > 0; ) erased = await store.erase({ beyond: { count, bytes } })
      return (await store.query()).map(({ id }) => id)
    }
    assert.deepEqual(await eraseAll(3, 1000), ['msg_5', 'msg_4', 'msg_3', 'msg_2'])
    assert.deepEqual(await eraseAll(3, 250), ['msg_5', 'msg_4', 'msg_3'])
  },

  async 'finds a delivery with its payload'({ store }) {
    await store.enqueue(delivery('msg_1', { redriveOf: 'msg_0' }))
    assertHas(await store.find('msg_1'), { id: 'msg_1', redriveOf: 'msg_0', refusals: 0 })
    assert.equal(new TextDecoder().decode((await store.find('msg_1'))?.payload), '{"€":1}')
    assert.equal(await store.find('msg_2'), undefined)
  },

  async 'erases final deliveries by owner, id, age and count, and no others'(scene) {
    const { store, time } = scene
    const ended = async (id: string, at: number, owner = 'default') => {
      time.at = at
      const { dueAt: _, ...dead } = delivery(id, { ...DEAD, owner })
      await store.enqueue(dead, [{ startedAt: 1, duration: 1 }])
    }
    const left = async () => (await store.query()).map(({ id }) => id)
    for (const n of [1, 2, 3, 4, 5]) await ended(`msg_${n}`, n * 1000)
    await ended('msg_6', 6000, 'ann')
    await store.enqueue(delivery('msg_7', { owner: 'ann' }))
    await store.enqueue(delivery('msg_8', { owner: 'ann' }))

    assert.equal(await store.erase({ owner: 'ann' }), 1)
    assert.equal(await store.erase({ owner: 'ann' }), 0)
    assert.equal(await store.erase({ id: 'msg_8' }), 0)
    assert.equal(await store.erase({ id: 'msg_3' }), 1)
    assert.equal(await store.erase({ age: 4000 }), 1)
    assert.equal(await store.erase({ beyond: { count: 2, bytes: 1000 } }), 1)
    assert.equal(await store.erase({ beyond: { count: 2, bytes: 1000 } }), 0)
    assert.deepEqual(await left(), ['msg_8', 'msg_7', 'msg_5', 'msg_4'])
    time.at = 9000
    assert.equal(await store.erase({ age: 0, limit: 1 }), 1)
    assert.equal(await store.erase({ age: 0, limit: 5 }), 1)
    assert.deepEqual((await claimIds(scene)).length, 2)
  },

  async 'frees the dedupe key of an erased delivery'({ store }) {
    const { dueAt: _, ...dead } = delivery('msg_1', { ...DEAD, dedupeKey: 'a' })
    await store.enqueue(dead)
    await store.erase({ id: 'msg_1' })
    const { kind } = await store.enqueue(
      delivery('msg_2', { dedupeKey: 'a', payload: new Uint8Array([1]) }),
    )
    assert.equal(kind, 'stored')
  },
}
