import assert from 'node:assert/strict'
import type { RequestLimits } from '@ringback/sender'
import { claimIds, delivery, type Scene } from './scene.ts'
import type { Cases } from './store-contract.ts'

const DELIVERED = { state: 'delivered', attemptCount: 1, refusals: 0 } as const

/** Stores so many deliveries of an owner, each to an endpoint of its own, or all to one. */
async function fill({ store }: Scene, owner: string, count: number, endpoints = count) {
  const numbers = Array.from({ length: count }, (_, n) => n)
  const stored = numbers.map((n) => {
    const endpoint = `https://${owner}-${n % endpoints}.example`
    return store.enqueue(delivery(`${owner}-${String(n).padStart(5, '0')}`, { owner, endpoint }))
  })
  await Promise.all(stored)
}

async function ownersOf({ store }: Scene, limit: number, limits?: RequestLimits) {
  const { deliveries } = await store.claim({ limit, lease: 60_000, ...(limits && { limits }) })
  const counts: Record<string, number> = {}
  for (const { owner } of deliveries) counts[owner] = (counts[owner] ?? 0) + 1
  return counts
}

/** How owners and their endpoints take turns. */
export const TURNS: Cases = {
  async 'claims one delivery of an owner at once, whatever backlog another has'(scene) {
    await fill(scene, 'ann', 500)
    scene.time.at = 2000
    await fill(scene, 'bob', 1)
    assert.deepEqual(await ownersOf(scene, 2), { ann: 1, bob: 1 })
  },

  async 'gives no owner more than half of what is free while another waits'(scene) {
    await fill(scene, 'ann', 100, 1)
    await fill(scene, 'bob', 100)
    assert.deepEqual(await ownersOf(scene, 64), { ann: 32, bob: 32 })
    await fill(scene, 'cat', 3)
    const { ann = 0, bob = 0, cat } = await ownersOf(scene, 64)
    assert.equal(cat, 3)
    assert.ok(Math.abs(ann - bob) <= 1, `${ann} and ${bob}`)
  },

  async 'gives an owner everything while no other waits'(scene) {
    await fill(scene, 'ann', 100, 3)
    await fill(scene, 'bob', 2)
    assert.deepEqual(await ownersOf(scene, 64), { ann: 62, bob: 2 })
  },

  async 'lets every owner have its turn before any has a fourth one'(scene) {
    const names = Array.from({ length: 9 }, (_, n) => `owner-${n}`)
    for (const name of names) await fill(scene, name, 20)
    const claimed: Record<string, number> = {}
    // a store of several stores gives each of them its turn, however many owners it has
    for (let n = 0; Object.keys(claimed).length < 9 && n < 27; n += 1) {
      for (const owner of Object.keys(await ownersOf(scene, 1))) {
        claimed[owner] = (claimed[owner] ?? 0) + 1
      }
    }
    assert.deepEqual(Object.keys(claimed).sort(), names)
    assert.ok(Math.max(...Object.values(claimed)) <= 3, 'an owner had more than three turns')
  },

  async 'lets every endpoint of an owner have its turn'(scene) {
    await fill(scene, 'ann', 90, 9)
    const endpoints = new Set<string>()
    for (let n = 0; n < 9; n += 1) {
      const { deliveries } = await scene.store.claim({ limit: 1, lease: 60_000 })
      for (const { endpoint = '' } of deliveries) endpoints.add(endpoint)
    }
    assert.equal(endpoints.size, 9)
  },

  async 'passes over an owner that may not send now'(scene) {
    await fill(scene, 'ann', 50)
    await fill(scene, 'bob', 2)
    const limits = { endpoint: {}, owner: { concurrency: 3 } }
    assert.deepEqual(await ownersOf(scene, 10, limits), { ann: 3, bob: 2 })
    assert.deepEqual(await ownersOf(scene, 10, limits), {})
    await fill(scene, 'cat', 1)
    assert.deepEqual(await ownersOf(scene, 10, limits), { cat: 1 })
  },

  async 'goes on when the clock is set back by an hour: with what is due, and with leases'(scene) {
    const { store, time } = scene
    time.at = 10_000_000
    const now = { createdAt: time.at, dueAt: time.at }
    await store.enqueue(delivery('msg_1', now))
    await store.enqueue(delivery('msg_2', { ...now, dueAt: time.at + 500 }))
    const { deliveries } = await store.claim({ limit: 1, lease: 400 })
    time.at -= 3_600_000
    assert.deepEqual(await claimIds(scene), [])
    time.at += 1000
    assert.deepEqual([...(await claimIds(scene))].sort(), ['msg_1', 'msg_2'])
    const [stale] = deliveries
    assert.ok(stale)
    assert.deepEqual(await store.commit(stale, DELIVERED), { kind: 'lost' })
  },

  async 'goes by delays, whatever the clock of the sender'(scene) {
    const { store, time } = scene
    // ten minutes ahead, and ten behind
    for (const [id, skew] of [['msg_1', 600_000] as const, ['msg_2', -600_000] as const]) {
      const createdAt = 1_000_000 + skew
      await store.enqueue(delivery(id, { createdAt, dueAt: createdAt + 100 }))
    }
    assert.deepEqual(await claimIds(scene), [])
    time.at += 100
    assert.deepEqual(await claimIds(scene), ['msg_1', 'msg_2'])
  },
}
