import assert from 'node:assert/strict'
import type { DeliveryTransition, StatsFilter } from '@ringback/sender'
import { readStats } from './read-stats.ts'
import { claimOne, delivery, sweep } from './scene.ts'
import type { Cases } from './store-contract.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const DELIVERED: DeliveryTransition = { state: 'delivered', attemptCount: 1, refusals: 0 }
const AGAIN: DeliveryTransition = { state: 'scheduled', delay: 500, attemptCount: 1, refusals: 0 }
const DEAD: DeliveryTransition = { ...DELIVERED, state: 'dead', reason: 'exhausted' }
const OK = { startedAt: 1000, duration: 10, status: 200 }
const FAILED = { startedAt: 1000, duration: 10, status: 503, reason: 'status' } as const

/** How a store counts. */
export const STATS: Cases = {
  async 'counts deliveries that end, attempts and latencies, and what waits'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1'))
    await store.commit(await claimOne(scene), AGAIN, FAILED)
    time.at = 1500
    const claimed = await claimOne(scene)
    await store.enqueue(delivery('msg_2', { createdAt: 1500, dueAt: 1500 }))
    time.at = 2000
    assert.deepEqual(await readStats(scene), {
      since: 0,
      waiting: { scheduled: 1, parked: 0, sending: 1 },
      oldestDue: 500,
      counts: { 'attempt 503': 1 },
    })
    await store.extend(claimed, 10_000)
    await store.commit(claimed, DELIVERED, { ...OK, startedAt: 1990 })
    await store.commit(await claimOne(scene), DEAD, {
      startedAt: 2000,
      duration: 5,
      reason: 'timeout',
    })
    const { counts, waiting, oldestDue } = await readStats(scene)
    assert.deepEqual(waiting, { scheduled: 0, parked: 0, sending: 0 })
    assert.equal(oldestDue, undefined)
    // a thousand milliseconds are in the 40th bucket
    assert.deepEqual(counts, {
      'attempt 200': 1,
      'attempt 503': 1,
      'attempt timeout': 1,
      'end dead exhausted': 1,
      'end delivered': 1,
      'latency 40': 1,
    })
  },

  async 'counts a latency from when the delivery was first due'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1', { dueAt: 61_000, settings: { delay: 60_000 } }))
    time.at = 61_000
    await store.commit(await claimOne(scene), DELIVERED, { ...OK, startedAt: 61_000, duration: 1 })
    const { counts } = await readStats(scene)
    assert.deepEqual(counts, { 'attempt 200': 1, 'end delivered': 1, 'latency 0': 1 })
  },

  async 'counts what ends without an attempt, and what was stored as ended'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1'))
    await store.cancel('msg_1')
    await store.enqueue(delivery('msg_2', { expiresAt: 1100 }))
    time.at = 1200
    await sweep(scene)
    const { dueAt: _, endpoint: _none, ...unresolvable } = delivery('msg_3')
    await store.enqueue({ ...unresolvable, state: 'unresolvable' })
    await store.enqueue({ ...unresolvable, id: 'msg_4', state: 'delivered' }, [OK])
    const { counts } = await readStats(scene)
    assert.deepEqual(counts, {
      'attempt 200': 1,
      'end cancelled': 1,
      'end dead expired': 1,
      'end delivered': 1,
      'end unresolvable': 1,
      'latency 14': 1,
    })
  },

  async 'counts a lease that was lost too often, and nothing of a commit that came too late'(
    scene,
  ) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1'))
    const first = await claimOne(scene)
    for (let lost = 0; lost < 3; lost += 1) {
      time.at += 200
      await store.claim({ limit: 1, lease: 100 })
    }
    await store.commit(first, DELIVERED, OK)
    const { counts } = await readStats(scene)
    assert.deepEqual(counts, { 'end dead internal': 1 })
  },

  async 'counts by owner, callback and endpoint'(scene) {
    const { store } = scene
    const places = [
      { owner: 'ann', callback: 'paid', endpoint: 'https://a.example' },
      { owner: 'ann', callback: 'sent', endpoint: 'https://b.example' },
      { owner: 'bob', callback: 'paid', endpoint: 'https://a.example' },
    ]
    for (const [index, place] of places.entries()) {
      await store.enqueue(delivery(`msg_${index}`, place))
      await store.enqueue(delivery(`msg_1${index}`, { ...place, state: 'cancelled' }))
    }
    for (const [filter, expected] of [
      [{}, 3],
      [{ owner: 'ann' }, 2],
      [{ callback: 'paid' }, 2],
      [{ endpoint: 'https://b.example' }, 1],
      [{ owner: 'ann', callback: 'paid', endpoint: 'https://a.example' }, 1],
      [{ owner: 'carl' }, 0],
    ] as const) {
      const { counts, waiting, oldestDue } = await readStats(scene, filter)
      assert.equal(counts['end cancelled'] ?? 0, expected)
      assert.equal(waiting.scheduled, expected)
      assert.equal(oldestDue, expected === 0 ? undefined : 0)
    }
  },

  async 'counts each minute, hour or day, oldest first'(scene) {
    const { store, time } = scene
    const end = async (id: string, at: number, owner = 'ann') => {
      time.at = at
      await store.enqueue(delivery(id, { state: 'cancelled', owner }))
    }
    const start = 100 * DAY
    await end('msg_1', start)
    await end('msg_2', start + 1000, 'bob')
    await end('msg_3', start + 2 * MINUTE)
    await end('msg_4', start + HOUR)
    const spans = async (filter: Partial<StatsFilter>) =>
      (await readStats(scene, { since: start, ...filter })).spans?.map(({ at, length, counts }) => [
        ...[at - start, length],
        counts.get('end cancelled'),
      ])
    assert.deepEqual(await spans({ every: 'minute' }), [
      [0, MINUTE, 2],
      [2 * MINUTE, MINUTE, 1],
      [HOUR, MINUTE, 1],
    ])
    assert.deepEqual(await spans({ every: 'minute', owner: 'ann', since: start + MINUTE }), [
      [2 * MINUTE, MINUTE, 1],
      [HOUR, MINUTE, 1],
    ])
    assert.deepEqual(await spans({ every: 'hour' }), [
      [0, HOUR, 3],
      [HOUR, HOUR, 1],
    ])
    assert.deepEqual(await spans({ every: 'day' }), [[0, DAY, 4]])
    assert.equal(await spans({}), undefined)
    await end('msg_5', start + 5 * HOUR)
    assert.deepEqual(await spans({ every: 'minute', since: start }), [
      [0, HOUR, 3],
      [HOUR, HOUR, 1],
      [5 * HOUR, MINUTE, 1],
    ])
  },

  async 'leaves out what was before, to the minute, and keeps a month to the day'(scene) {
    const { store, time } = scene
    const end = async (id: string, at: number) => {
      time.at = at
      await store.enqueue(delivery(id, { state: 'cancelled' }))
    }
    const start = 100 * DAY
    await end('msg_1', start)
    await end('msg_2', start + MINUTE)
    const countSince = async (since: number) => {
      const { counts, ...rest } = await readStats(scene, { since })
      return [counts['end cancelled'] ?? 0, rest.since]
    }
    assert.deepEqual(await countSince(start + MINUTE - 1), [2, start])
    assert.deepEqual(await countSince(start + MINUTE), [1, start + MINUTE])
    await end('msg_3', start + 4 * HOUR)
    assert.deepEqual(await countSince(start + MINUTE), [3, start])
    assert.deepEqual(await countSince(start + HOUR), [1, start + HOUR])
    await end('msg_4', start + 5 * DAY)
    assert.deepEqual(await countSince(start + 23 * HOUR), [4, start])
    await end('msg_5', start + 30 * DAY)
    assert.deepEqual(await countSince(start + DAY), [2, start + DAY])
    assert.deepEqual(await countSince(start), [5, start])
    await end('msg_6', start + 33 * DAY)
    assert.deepEqual(await countSince(start), [3, start])
  },
}
