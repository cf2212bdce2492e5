import assert from 'node:assert/strict'
import type { RequestLimits } from '@ringback/sender'
import { assertHas, claimIds, claimOne, delivery, type Scene, sweep } from './scene.ts'
import type { Cases } from './store-contract.ts'

const DELIVERED = { state: 'delivered', attemptCount: 1, refusals: 0 } as const
const LATER = { state: 'scheduled', delay: 4000, attemptCount: 1, refusals: 0 } as const
const WELL = { verdict: 'well' } as const

/** A report that holds the endpoint for so many milliseconds. */
const paused = (pause: number) => ({ verdict: 'failing', pause }) as const

/** Stores so many deliveries to one endpoint. */
async function fill({ store }: Scene, endpoint: string, count: number, owner = 'default') {
  for (let n = 1; n <= count; n += 1) {
    await store.enqueue(delivery(`${owner}-${endpoint}-${n}`, { owner, endpoint }))
  }
}

async function claimWithin({ store }: Scene, limits: RequestLimits, limit = 100) {
  const { deliveries, nextIn } = await store.claim({ limit, lease: 100_000, limits })
  return { ids: deliveries.map(({ id }) => id), deliveries, nextIn }
}

/** How a store limits what is sent at the same time and in a second. */
export const FLOWS: Cases = {
  async 'limits concurrency for an endpoint, while others are sent to'(scene) {
    await fill(scene, 'a', 4)
    await fill(scene, 'b', 1)
    const limits = { endpoint: { concurrency: 3 } }
    const { deliveries, ids, nextIn } = await claimWithin(scene, limits)
    assert.deepEqual(ids.sort(), ['default-a-1', 'default-a-2', 'default-a-3', 'default-b-1'])
    assert.equal(nextIn, 100_000) // the leases
    assert.deepEqual((await claimWithin(scene, limits)).ids, [])
    const [first] = deliveries
    if (first) await scene.store.commit(first, DELIVERED)
    assert.deepEqual((await claimWithin(scene, limits)).ids, ['default-a-4'])
  },

  async 'limits concurrency for an owner, while others send'(scene) {
    await fill(scene, 'a', 2, 'ann')
    await fill(scene, 'b', 2, 'ann')
    await fill(scene, 'a', 2, 'bob')
    const limits = { endpoint: {}, owner: { concurrency: 2 } }
    const { deliveries } = await claimWithin(scene, limits)
    const owners = deliveries.map(({ owner }) => owner).sort()
    assert.deepEqual(owners, ['ann', 'ann', 'bob', 'bob'])
    const ended = deliveries.find(({ owner }) => owner === 'ann')
    if (ended) await scene.store.commit(ended, DELIVERED)
    assert.equal((await claimWithin(scene, limits)).ids.length, 1)
  },

  async 'limits the rate for an endpoint, and says when the next delivery is allowed'(scene) {
    await fill(scene, 'a', 5)
    const limits = { endpoint: { rate: 2 } }
    assert.deepEqual((await claimWithin(scene, limits)).ids, ['default-a-1', 'default-a-2'])
    const none = await claimWithin(scene, limits)
    assert.deepEqual([none.ids, none.nextIn], [[], 500])
    scene.time.at = 1500
    assert.deepEqual((await claimWithin(scene, limits)).ids, ['default-a-3'])
    scene.time.at = 5000
    assert.deepEqual((await claimWithin(scene, limits)).ids, ['default-a-4', 'default-a-5'])
  },

  async 'limits the rate for an owner over all endpoints'(scene) {
    await fill(scene, 'a', 2)
    await fill(scene, 'b', 2)
    const limits = { endpoint: {}, owner: { rate: 3 } }
    assert.equal((await claimWithin(scene, limits)).ids.length, 3)
    assert.equal((await claimWithin(scene, limits)).ids.length, 0)
    scene.time.at = 1334
    assert.equal((await claimWithin(scene, limits)).ids.length, 1)
  },

  async 'keeps to the limits of an owner over many endpoints, and over a clock that goes on'(
    scene,
  ) {
    const { store, time } = scene
    for (let n = 0; n < 40; n += 1) await fill(scene, `e${n}`, 1, 'ann')
    const limits = { endpoint: {}, owner: { concurrency: 4, rate: 10 } }
    let claimed = 0
    for (let n = 0; n < 20; n += 1) {
      const { deliveries } = await claimWithin(scene, limits)
      assert.ok(deliveries.length <= 4)
      claimed += deliveries.length
      for (const one of deliveries) await store.commit(one, DELIVERED)
      time.at += 100
    }
    // ten that had gathered, and ten a second
    assert.ok(claimed >= 28 && claimed <= 30, `${claimed} were claimed`)
  },

  async 'parks the deliveries of a held endpoint, and those of no other owner'(scene) {
    const { store } = scene
    await fill(scene, 'a', 3)
    const claimed = await claimOne(scene)
    await store.commit(claimed, { ...LATER, receiver: paused(3000) })
    await fill(scene, 'a', 1, 'ann')
    const { ids, nextIn } = await claimWithin(scene, { endpoint: {} })
    assert.deepEqual([ids, nextIn], [['ann-a-1'], 3000])
    const parked = await store.query({ state: 'parked' })
    assert.deepEqual(parked.map(({ id }) => id).sort(), [
      'default-a-1',
      'default-a-2',
      'default-a-3',
    ])
    assert.deepEqual(await store.query({ state: 'scheduled' }), [])
    assertHas(parked.at(-1), { state: 'parked', dueAt: 5000 })
  },

  async 'probes an endpoint whose hold has ended with the oldest delivery alone'(scene) {
    const { store, time } = scene
    await fill(scene, 'a', 3)
    await store.commit(await claimOne(scene), { ...LATER, receiver: paused(3000) })
    time.at = 4000
    const { deliveries } = await claimWithin(scene, { endpoint: {} })
    assertHas(deliveries[0], { id: 'default-a-2', isProbe: true })
    assert.equal(deliveries.length, 1)
    assert.deepEqual(await claimIds(scene), [])
    assert.equal((await store.query({ state: 'parked' })).length, 2)

    const [probe] = deliveries
    if (probe) await store.commit(probe, { ...DELIVERED, receiver: WELL })
    assert.deepEqual(await claimIds(scene), ['default-a-3'])
  },

  async 'probes again after the lease of a probe was lost'(scene) {
    const { store, time } = scene
    await fill(scene, 'a', 2)
    await store.commit(await claimOne(scene), { ...LATER, receiver: paused(3000) })
    time.at = 4000
    assert.deepEqual(await claimIds(scene), ['default-a-2'])
    time.at = 4100
    await sweep(scene)
    assertHas(await claimOne(scene), { id: 'default-a-2', isProbe: true })
  },

  async 'sends at the pace to an endpoint that has just recovered, in order'(scene) {
    const { store, time } = scene
    await fill(scene, 'a', 8)
    await store.commit(await claimOne(scene), { ...LATER, receiver: paused(1000) })
    time.at = 2000
    const probe = await claimOne(scene)
    await store.commit(probe, { ...DELIVERED, receiver: WELL })
    const limits = { endpoint: {}, pace: 2 }
    assert.deepEqual((await claimWithin(scene, limits)).ids, ['default-a-3', 'default-a-4'])
    time.at = 2500
    assert.deepEqual((await claimWithin(scene, limits)).ids, ['default-a-5'])
    time.at = 62_000
    const { ids } = await claimWithin(scene, limits)
    assert.deepEqual(ids, ['default-a-6', 'default-a-7', 'default-a-8', 'default-a-1'])
  },
}
