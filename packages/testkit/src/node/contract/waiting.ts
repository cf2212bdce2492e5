import assert from 'node:assert/strict'
import type { DeliveryTransition } from '@ringback/sender'
import { readStats } from './read-stats.ts'
import { claimOne, delivery, type Scene } from './scene.ts'
import type { Cases } from './store-contract.ts'

const HOUR = 60 * 60_000
const AGAIN: DeliveryTransition = { state: 'scheduled', delay: 500, attemptCount: 1, refusals: 0 }
const FAILED = { startedAt: 1000, duration: 10, status: 503, reason: 'status' } as const

/** Reads what waits, and checks that `health` tells the same. */
async function readWaiting(scene: Scene) {
  const { waiting, oldestDue } = await readStats(scene)
  assert.ok(scene.store.health)
  const told = oldestDue === undefined ? {} : { oldestDue }
  assert.deepEqual(await scene.store.health(), told)
  return { waiting, oldestDue }
}

/** How a store tells what waits. */
export const WAITING: Cases = {
  async 'tells what waits, of every combination of owner, callback and endpoint'(scene) {
    const { store, time } = scene
    const held = 'https://held.example'
    // held, with a delivery that is sent again much later
    const first = delivery('msg_0', { owner: 'ann', callback: 'paid', endpoint: held })
    await store.enqueue(first)
    const receiver = { verdict: 'failing', pause: HOUR } as const
    await store.commit(await claimOne(scene), { ...AGAIN, delay: HOUR, receiver }, FAILED)
    let n = 1
    for (const owner of ['ann', 'bob']) {
      for (const callback of ['paid', 'sent']) {
        for (const endpoint of [held, 'https://a.example', 'https://b.example']) {
          for (const orderKey of [undefined, 'a', 'a']) {
            time.at += 10
            const place = { owner, callback, endpoint, createdAt: time.at, dueAt: time.at }
            const order = orderKey === undefined ? {} : { orderKey }
            await store.enqueue(
              delivery(`msg_${String(n).padStart(3, '0')}`, { ...place, ...order }),
            )
            n += 1
          }
        }
      }
    }
    await store.claim({ limit: 3, lease: HOUR })
    const all = await store.query({ limit: 1000 })
    // the first of an order key goes, or is on its way
    const lanes = new Set<string>()
    const isFirst = ({ owner, endpoint, orderKey }: (typeof all)[number]) => {
      if (orderKey === undefined) return true
      const lane = `${owner} ${endpoint}`
      return lanes.size < lanes.add(lane).size
    }
    const going = new Set([...all].reverse().filter(isFirst))
    for (let chosen = 0; chosen < 8; chosen += 1) {
      const filter = {
        ...(chosen & 1 && { owner: 'ann' }),
        ...(chosen & 2 && { callback: 'paid' }),
        ...(chosen & 4 && { endpoint: chosen & 2 ? held : 'https://a.example' }),
      }
      const { waiting, oldestDue } = await readStats(scene, filter)
      if (chosen === 0) await readWaiting(scene)
      const selected = all.filter((one) =>
        Object.entries(filter).every(([name, value]) => one[name as keyof typeof one] === value),
      )
      const count = (state: string) => selected.filter((one) => one.state === state).length
      const states = { scheduled: count('scheduled'), parked: count('parked') }
      assert.deepEqual(waiting, { ...states, sending: count('sending') }, JSON.stringify(filter))
      const due = selected
        .filter((one) => one.state === 'scheduled' && going.has(one))
        .map(({ dueAt = 0 }) => dueAt)
      const oldest = due.length === 0 ? undefined : time.at - Math.min(...due)
      assert.equal(oldestDue, oldest, JSON.stringify(filter))
    }
  },

  async 'tells what is parked, which is not due'(scene) {
    const { store, time } = scene
    await store.enqueue(delivery('msg_1'))
    await store.enqueue(delivery('msg_2'))
    const receiver = { verdict: 'failing', pause: 60_000 } as const
    await store.commit(await claimOne(scene), { ...AGAIN, receiver }, FAILED)
    time.at += 1000
    const { waiting, oldestDue } = await readWaiting(scene)
    assert.deepEqual(waiting, { scheduled: 0, parked: 2, sending: 0 })
    assert.equal(oldestDue, undefined)
  },

  async 'lists the endpoints that are held, those for which most waits first'(scene) {
    const { store, time } = scene
    const [a, b] = ['https://a.example', 'https://b.example']
    await store.enqueue(delivery('msg_1', { endpoint: a }))
    await store.enqueue(delivery('msg_2', { endpoint: b, callback: 'paid' }))
    const receiver = { verdict: 'failing', pause: 60_000 } as const
    await store.commit(await claimOne(scene), { ...AGAIN, receiver }, FAILED)
    await store.commit(await claimOne(scene), { ...AGAIN, receiver }, FAILED)
    await store.enqueue(delivery('msg_3', { endpoint: b }))
    await store.enqueue(delivery('msg_4', { endpoint: 'https://well.example' }))
    time.at += 1000
    const heldUntil = 61_000
    const ofA = { owner: 'default', endpoint: a, heldUntil, parked: 1 }
    const ofB = { owner: 'default', endpoint: b, heldUntil, parked: 2 }
    const held = async (filter: object) => (await readStats(scene, { held: true, ...filter })).held
    assert.deepEqual(await held({}), [ofB, ofA])
    assert.deepEqual(await held({ owner: 'default', endpoint: a }), [ofA])
    assert.deepEqual(await held({ callback: 'paid' }), [{ ...ofB, parked: 1 }])
    assert.deepEqual(await held({ owner: 'ann' }), [])
    assert.equal((await readStats(scene)).held, undefined)
    const { waiting } = await readStats(scene, { held: true })
    assert.deepEqual(waiting, { scheduled: 1, parked: 3, sending: 0 })
  },

  async 'tells how long the one that has waited longest has been due, of those that may be sent'(
    scene,
  ) {
    const { store, time } = scene
    const ageOf = async () => {
      // a store may find out with a claim who is the first of an order
      await store.claim({ limit: 0, lease: 100 })
      return (await readWaiting(scene)).oldestDue
    }
    assert.equal(await ageOf(), undefined)
    const [a, b] = ['https://a.example', 'https://b.example']
    await store.enqueue(delivery('msg_1', { endpoint: a, orderKey: 'a' }))
    await store.enqueue(delivery('msg_2', { endpoint: a, orderKey: 'a' }))
    await store.enqueue(delivery('msg_3', { endpoint: b, owner: 'ann', dueAt: 1500 }))
    assert.equal(await ageOf(), 0)
    time.at = 1400
    assert.equal(await ageOf(), 400)
    const first = await claimOne(scene)
    // the second waits for the first, and the third is not due
    assert.equal(await ageOf(), undefined)
    time.at = 1450
    await store.commit(first, { state: 'delivered', attemptCount: 1, refusals: 0 })
    assert.equal(await ageOf(), 450)
    await store.cancel('msg_2')
    assert.equal(await ageOf(), undefined)
    time.at = 1600
    assert.equal(await ageOf(), 100)
    const receiver = { verdict: 'failing', pause: HOUR } as const
    await store.commit(await claimOne(scene), { ...AGAIN, receiver }, FAILED)
    time.at += 1000
    assert.equal(await ageOf(), undefined)
  },
}
