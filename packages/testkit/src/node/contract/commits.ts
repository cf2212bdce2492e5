import assert from 'node:assert/strict'
import type { Attempt } from '@ringback/sender'
import { assertHas, claimOne, delivery, sweep } from './scene.ts'
import type { Cases } from './store-contract.ts'

const DELIVERED = { state: 'delivered', attemptCount: 1, refusals: 0 } as const

/** How a store commits the outcome of a claim. */
export const COMMITS: Cases = {
  async 'commits the outcome of a claim, with its attempt'(scene) {
    const { store } = scene
    await store.enqueue(delivery('msg_1'))
    const claimed = await claimOne(scene)
    const attempt = { startedAt: 1000, duration: 5, status: 500, detail: 'a' }
    const retry = { state: 'scheduled', delay: 1000, attemptCount: 1, refusals: 0 } as const
    const committed = await store.commit(claimed, { ...retry, detail: 'a' }, attempt)
    const { payload: _payload, refusals: _refusals, ...shown } = delivery('msg_1')
    assert.deepEqual(committed, {
      kind: 'done',
      delivery: { ...shown, attemptCount: 1, dueAt: 2000, detail: 'a' },
    })
    const [record] = await store.query({ id: 'msg_1' })
    assertHas(record, { state: 'scheduled', dueAt: 2000, attemptCount: 1, detail: 'a' })
    assert.deepEqual(record?.attempts, [attempt])
  },

  async 'removes detail and due time when a delivery leaves the state that they belong to'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1', { detail: 'a' }))
    time.at = 5000
    const claimed = await claimOne(scene)
    assert.ok(!('dueAt' in claimed))
    await store.commit(claimed, DELIVERED)
    const [record] = await store.query()
    assert.ok(record && !('detail' in record) && !('dueAt' in record))
  },

  async 'refuses a commit whose lease was lost'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1'))
    const stale = await claimOne(scene)
    assert.deepEqual(await sweep(scene), [])
    time.at += 100
    const [lost] = await sweep(scene)
    assertHas(lost, { id: 'msg_1', state: 'scheduled' })

    assertHas(await store.commit(stale, DELIVERED), { kind: 'lost' })
    const fresh = await claimOne(scene)
    assertHas(await store.commit(stale, DELIVERED), { kind: 'lost' })
    assertHas(await store.commit(fresh, DELIVERED), { kind: 'done' })
    assertHas(await store.commit(fresh, DELIVERED), { kind: 'lost' })
  },

  async 'records the attempt of a refused commit as an orphan'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1'))
    const stale = await claimOne(scene)
    time.at += 100
    await sweep(scene)
    const attempt = { startedAt: 1000, duration: 100, status: 200 }
    assertHas(await store.commit(stale, DELIVERED, attempt), { kind: 'lost' })
    const [record] = await store.query()
    assertHas(record, { state: 'scheduled', attempts: [{ ...attempt, isOrphan: true }] })
  },

  async 'keeps every member of an attempt'(scene) {
    const { store } = scene
    await store.enqueue(delivery('msg_1'))
    const attempt: Attempt = {
      startedAt: 1000,
      duration: 5,
      status: 200,
      reason: 'declaration',
      detail: 'a',
      bytes: 70_000,
      body: 'capped',
      response: { headers: { 'content-type': 'text/plain' }, body: '€' },
    }
    await store.commit(await claimOne(scene), DELIVERED, attempt)
    assert.deepEqual((await store.query())[0]?.attempts, [attempt])
  },

  async 'gives each claim a lease of its own, through a redrive as well'(scene) {
    const { store } = scene
    const retry = { state: 'scheduled', attemptCount: 1, refusals: 0 } as const
    const dead = { state: 'dead', reason: 'exhausted', attemptCount: 2, refusals: 0 } as const
    await store.enqueue(delivery('msg_1'))
    const first = await claimOne(scene)
    await store.commit(first, retry)
    const second = await claimOne(scene)
    await store.commit(second, dead)
    await store.redrive('msg_1')
    const third = await claimOne(scene)
    for (const stale of [first, second]) {
      assertHas(await store.commit(stale, DELIVERED), { kind: 'lost' })
      assert.equal(await store.extend(stale, 1000), false)
    }
    await store.cancel('msg_1')
    for (const stale of [first, second]) {
      assertHas(await store.commit(stale, DELIVERED), { kind: 'lost' })
    }
    assertHas(await store.commit(third, DELIVERED), { kind: 'done' })
  },

  async 'counts lost leases anew after a commit and after a redrive'(scene) {
    const { store, time } = scene
    const lose = async (times: number) => {
      for (let n = 0; n < times; n += 1) {
        await claimOne(scene)
        time.at += 100
        await sweep(scene)
      }
      return (await store.query())[0]?.state
    }
    await store.enqueue(delivery('msg_1'))
    assert.equal(await lose(2), 'scheduled')
    const retry = { state: 'scheduled', attemptCount: 1, refusals: 0 } as const
    await store.commit(await claimOne(scene), retry)
    assert.equal(await lose(2), 'scheduled')
    assert.equal(await lose(1), 'dead')
    await store.redrive('msg_1')
    assert.equal(await lose(2), 'scheduled')
  },

  async 'changes nothing by a commit or an extension of a delivery that was erased'(scene) {
    const { store } = scene
    await store.enqueue(delivery('msg_1'))
    const claimed = await claimOne(scene)
    await store.cancel('msg_1')
    assert.equal(await store.erase({ owner: 'default' }), 1)
    const attempt = { startedAt: 1000, duration: 5, detail: 'gone' }
    assertHas(await store.commit(claimed, DELIVERED, attempt), { kind: 'lost' })
    assert.equal(await store.extend(claimed, 1000), false)
    assert.deepEqual(await store.query(), [])
    // nothing is left of the attempt, should the id be used again
    await store.enqueue(delivery('msg_1'))
    assert.deepEqual((await store.query())[0]?.attempts, [])
  },

  async 'extends a lease, unless it was lost'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1'))
    const claimed = await claimOne(scene)
    time.at = 1090
    assert.equal(await store.extend(claimed, 100), true)
    time.at = 1189
    assert.deepEqual(await sweep(scene), [])
    time.at = 1190
    assert.equal((await sweep(scene)).length, 1)
    assert.equal(await store.extend(claimed, 100), false)
  },
}
