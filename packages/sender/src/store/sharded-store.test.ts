import { describe, expect, it } from 'vitest'
import type { DeliveryStore, StoredDelivery } from './delivery-store.ts'
import { memoryStore } from './memory/memory-store.ts'
import { shardedStore } from './sharded-store.ts'

const delivery = (id: string, owner: string): StoredDelivery => ({
  id,
  state: 'scheduled',
  owner,
  operationId: 'postInvoices',
  callback: 'paid',
  method: 'post',
  url: 'https://a.example/',
  endpoint: 'https://a.example',
  attemptCount: 0,
  refusals: 0,
  createdAt: 1000,
  dueAt: 1000,
  payload: new Uint8Array([1]),
})

function setUp(count: number) {
  const clock = { now: () => 1000 }
  const stores = Array.from({ length: count }, () => memoryStore({ clock }))
  const [first = memoryStore({ clock }), ...others] = stores
  const errors: number[] = []
  const options = { onError: (_: unknown, shard: number) => void errors.push(shard) }
  return { stores, errors, store: shardedStore([first, ...others], options), options }
}

describe('shardedStore', () => {
  it('adds up what its stores have counted, and counts only where all do', async () => {
    const { store, stores } = setUp(3)
    for (let n = 0; n < 20; n += 1) {
      await store.enqueue(delivery(`msg_${n}`, `owner-${n}`))
      await store.enqueue({ ...delivery(`msg_ended_${n}`, `owner-${n}`), state: 'cancelled' })
    }
    const stats = await store.stats?.({ since: 1000 })
    expect(stats).toEqual({
      since: 0,
      waiting: { scheduled: 20, parked: 0, sending: 0 },
      oldestDue: 0,
      counts: new Map([['end cancelled', 20]]),
    })
    expect((await store.stats?.({ since: 1000, owner: 'owner-1' }))?.waiting.scheduled).toBe(1)
    const [first = store, ...others] = stores
    expect(shardedStore([{ ...first, stats: undefined as never }, ...others]).stats).toBeUndefined()
  })

  it('keeps an owner in one store, and spreads owners over all', async () => {
    const { store, stores } = setUp(4)
    for (let n = 0; n < 200; n += 1) {
      const owner = `owner-${n}`
      await store.enqueue(delivery(`msg_${n}a`, owner))
      await store.enqueue(delivery(`msg_${n}b`, owner))
    }
    const records = await Promise.all(stores.map((one) => one.query({ limit: 1000 })))
    const owners = records.map((found) => new Set(found.map(({ owner }) => owner)))
    expect(owners.reduce((total, { size }) => total + size, 0)).toBe(200)
    for (const { size } of owners) expect(size).toBeGreaterThan(30)
  })

  it('has always kept these owners in these stores', async () => {
    const { store, stores } = setUp(4)
    for (const owner of ['default', 'ann', 'bob', '€']) await store.enqueue(delivery(owner, owner))
    const records = await Promise.all(stores.map((one) => one.query()))
    expect(records.map((found) => found.map(({ owner }) => owner).sort())).toMatchInlineSnapshot(`
      [
        [
          "ann",
          "bob",
        ],
        [],
        [
          "default",
        ],
        [
          "€",
        ],
      ]
    `)
  })

  it('claims from the stores that work, and tells of one that is down', async () => {
    const { stores, errors, options } = setUp(2)
    const [up, other] = stores
    if (!up || !other) throw new Error('two stores are needed')
    const down: DeliveryStore = {
      ...other,
      claim: () => Promise.reject(new Error('the disk is gone')),
      enqueue: () => Promise.reject(new Error('the disk is gone')),
    }
    const store = shardedStore([up, down], options)
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => store.enqueue(delivery(`msg_${n}`, `owner-${n}`))),
    )
    const stored = results.filter(({ status }) => status === 'fulfilled').length
    expect(stored).toBeGreaterThan(3)
    expect(stored).toBeLessThan(17)
    const { deliveries } = await store.claim({ limit: 64, lease: 1000 })
    expect(deliveries).toHaveLength(stored)
    expect(errors).toEqual([1])
  })

  it('lists, counts and finds what the stores have that work, and says which is missing', async () => {
    const { stores, errors, options } = setUp(2)
    const [up, down] = stores
    if (!up || !down) throw new Error('two stores are needed')
    const whole = shardedStore([up, down], options)
    for (let n = 0; n < 20; n += 1) await whole.enqueue(delivery(`msg_${n}`, `owner-${n}`))
    const [here] = await up.query()
    const [there] = await down.query()
    const waiting = (await up.stats?.({ since: 0 }))?.waiting
    const gone = new Error('the disk is gone')
    const fail = () => Promise.reject(gone)
    const names = [
      'find',
      'query',
      'cancel',
      'redrive',
      'erase',
      'eraseExchanges',
      'stats',
    ] as const
    const failing = Object.fromEntries(names.map((name) => [name, fail]))
    const endpoints = { ...down.endpoints, find: fail, query: fail, change: fail, remove: fail }
    const store = shardedStore([{ ...down, ...failing, endpoints }, up], options)

    expect(await store.query()).toHaveLength(waiting?.scheduled ?? 0)
    expect(await store.stats?.({ since: 0 })).toMatchObject({ waiting, missing: [0] })
    expect(await store.endpoints.query({})).toEqual([])
    expect(errors).toEqual([0, 0, 0])
    expect((await store.find(here?.id ?? ''))?.owner).toBe(here?.owner)
    expect((await store.cancel(here?.id ?? '', {}))?.state).toBe('cancelled')
    expect(await store.erase({ id: here?.id ?? '' })).toBe(1)

    // none of those that work has it, and the one that is down may
    const id = there?.id ?? ''
    await expect(store.find(id)).rejects.toBe(gone)
    await expect(store.cancel(id, {})).rejects.toBe(gone)
    await expect(store.redrive(id, {})).rejects.toBe(gone)
    await expect(store.erase({ id })).rejects.toBe(gone)
    await expect(store.eraseExchanges({ key: 'k' })).rejects.toBe(gone)
    await expect(store.endpoints.find('ep_1')).rejects.toBe(gone)
    await expect(store.endpoints.remove('ep_1')).rejects.toBe(gone)
    // of an owner whose store is down there is nothing to give
    const ofDown = [...Array(20).keys()].map((n) => `owner-${n}`)
    const asked = await Promise.allSettled(
      ofDown.map((owner) => store.stats?.({ since: 0, owner })),
    )
    const states = asked.map(({ status }) => status)
    expect(new Set(states)).toEqual(new Set(['fulfilled', 'rejected']))
    expect(errors).toEqual([0, 0, 0])
  })

  it('rejects when all stores are down', async () => {
    const { stores, options, errors } = setUp(2)
    const gone = new Error('the disk is gone')
    const fail = () => Promise.reject(gone)
    const [first, second] = stores.map((one) => ({ ...one, query: fail, stats: fail }))
    if (!first || !second) throw new Error('two stores are needed')
    const store = shardedStore([first, second], options)
    await expect(store.query()).rejects.toBe(gone)
    await expect(store.stats?.({ since: 0 })).rejects.toBe(gone)
    expect(errors).toEqual([])
  })

  it('claims as many as are asked for, wherever they are, and gives every store its turn', async () => {
    const { store } = setUp(4)
    for (let n = 0; n < 60; n += 1) await store.enqueue(delivery(`msg_${n}`, `owner-${n}`))
    expect((await store.claim({ limit: 30, lease: 1000 })).deliveries).toHaveLength(30)
    for (let n = 0; n < 10; n += 1) {
      expect((await store.claim({ limit: 1, lease: 1000 })).deliveries).toHaveLength(1)
    }
    const { deliveries, nextIn } = await store.claim({ limit: 64, lease: 1000 })
    expect([deliveries.length, nextIn]).toEqual([20, 1000])
  })
})
