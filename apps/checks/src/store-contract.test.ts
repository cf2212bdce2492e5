// What every store must do; each runs it against its real engine.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DeliveryStore, memoryStore, type StoredDelivery } from '@ringback/sender'
import { sqliteStore } from '@ringback/store-sqlite'
import { afterEach, describe, expect, it } from 'vitest'

interface Opened {
  readonly store: DeliveryStore
  readonly close: () => void
}

const stores: readonly [string, (clock: { now(): number }) => Opened][] = [
  ['memoryStore', (clock) => ({ store: memoryStore({ clock }), close: () => {} })],
  [
    'sqliteStore',
    (clock) => {
      const folder = mkdtempSync(join(tmpdir(), 'ringback-'))
      const store = sqliteStore(join(folder, 'callbacks.db'), { clock })
      const close = () => {
        store.close()
        rmSync(folder, { recursive: true })
      }
      return { store, close }
    },
  ],
]

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

const LOST = { most: 3, detail: 'lost' }

function delivery(id: string, change: Partial<StoredDelivery> = {}): StoredDelivery {
  return {
    id,
    state: 'scheduled',
    owner: 'default',
    operationId: 'postInvoices',
    callback: 'invoiceNotification',
    method: 'post',
    url: 'https://a.example/',
    attempts: 0,
    refusals: 0,
    createdAt: 1000,
    dueAt: 1000,
    payload: new TextEncoder().encode('{"€":1}'),
    ...change,
  }
}

describe.each(stores)('%s', (_, open) => {
  function setUp() {
    const time = { at: 1000 }
    const { store, close } = open({ now: () => time.at })
    cleanUps.push(close)
    return { time, store }
  }

  it('gives back what was stored, without the payload', async () => {
    const { store } = setUp()
    const { payload: _payload, refusals: _refusals, ...rest } = delivery('msg_1')
    await store.enqueue(delivery('msg_1'))
    expect(await store.query()).toEqual([{ ...rest, log: [] }])
  })

  it('stores final deliveries, with the attempts that they had', async () => {
    const { store } = setUp()
    const { dueAt: _, ...ended } = delivery('msg_1', {
      state: 'dead',
      reason: 'blocked',
      detail: 'no',
    })
    const log = [{ startedAt: 1, duration: 2, detail: 'no' }]
    await store.enqueue(ended, log)
    expect(await store.query()).toMatchObject([{ state: 'dead', reason: 'blocked', log }])
    expect(await store.claim({ limit: 10, lease: 100 })).toEqual({ deliveries: [] })
  })

  it('claims what is due, oldest first, up to the limit, and tells when the next one is', async () => {
    const { store, time } = setUp()
    await store.enqueue(delivery('msg_3', { dueAt: 3000 }))
    await store.enqueue(delivery('msg_2', { dueAt: 900 }))
    await store.enqueue(delivery('msg_1', { dueAt: 1000 }))

    const first = await store.claim({ limit: 1, lease: 100 })
    expect(first.deliveries.map(({ id }) => id)).toEqual(['msg_2'])
    expect(first.nextDueAt).toBe(1000)
    const second = await store.claim({ limit: 10, lease: 100 })
    expect(second.deliveries.map(({ id }) => id)).toEqual(['msg_1'])
    expect(second.nextDueAt).toBe(3000)
    time.at = 3000
    expect(await store.claim({ limit: 10, lease: 100 })).toMatchObject({
      deliveries: [{ id: 'msg_3' }],
    })
    expect(await store.claim({ limit: 10, lease: 100 })).toEqual({ deliveries: [] })
  })

  it('hands out the very bytes', async () => {
    const { store } = setUp()
    await store.enqueue(delivery('msg_1'))
    const [claimed] = (await store.claim({ limit: 1, lease: 100 })).deliveries
    expect(claimed).toMatchObject({ state: 'sending', url: 'https://a.example/', attempts: 0 })
    expect(new TextDecoder().decode(claimed?.payload)).toBe('{"€":1}')
  })

  it('commits what became of a claim, with its attempt', async () => {
    const { store } = setUp()
    await store.enqueue(delivery('msg_1'))
    const [claimed] = (await store.claim({ limit: 1, lease: 100 })).deliveries
    if (!claimed) throw new Error('nothing was claimed')
    const retry = {
      state: 'scheduled',
      dueAt: 2000,
      attempts: 1,
      refusals: 0,
      detail: 'a',
    } as const
    const attempt = { startedAt: 1000, duration: 5, status: 500, detail: 'a' }
    expect(await store.commit(claimed, retry, attempt)).toBe(true)
    const [record] = await store.query({ id: 'msg_1' })
    expect(record).toMatchObject({ state: 'scheduled', dueAt: 2000, attempts: 1, detail: 'a' })
    expect(record?.log).toEqual([attempt])
  })

  it('forgets detail and due time of a state that a delivery has left', async () => {
    const { store, time } = setUp()
    await store.enqueue(delivery('msg_1', { detail: 'a' }))
    time.at = 5000
    const [claimed] = (await store.claim({ limit: 1, lease: 100 })).deliveries
    if (!claimed) throw new Error('nothing was claimed')
    expect(claimed).not.toHaveProperty('dueAt')
    await store.commit(claimed, { state: 'delivered', attempts: 1, refusals: 0 })
    const [record] = await store.query()
    expect(record).not.toHaveProperty('detail')
    expect(record).not.toHaveProperty('dueAt')
  })

  it('refuses a commit whose lease was lost', async () => {
    const { store, time } = setUp()
    await store.enqueue(delivery('msg_1'))
    const [stale] = (await store.claim({ limit: 1, lease: 100 })).deliveries
    if (!stale) throw new Error('nothing was claimed')
    expect(await store.sweep(LOST)).toEqual([])
    time.at += 100
    expect(await store.sweep(LOST)).toMatchObject([{ id: 'msg_1', state: 'scheduled' }])

    const end = { state: 'delivered', attempts: 1, refusals: 0 } as const
    expect(await store.commit(stale, end)).toBe(false)
    const [fresh] = (await store.claim({ limit: 1, lease: 100 })).deliveries
    if (!fresh) throw new Error('nothing was claimed')
    expect(await store.commit(stale, end)).toBe(false)
    expect(await store.commit(fresh, end)).toBe(true)
    expect(await store.commit(fresh, end)).toBe(false)
  })

  it('takes a delivery whose leases are lost again and again for dead', async () => {
    const { store, time } = setUp()
    await store.enqueue(delivery('msg_1'))
    for (const state of ['scheduled', 'scheduled', 'dead']) {
      await store.claim({ limit: 1, lease: 100 })
      time.at += 100
      expect(await store.sweep(LOST)).toMatchObject([{ state }])
    }
    expect(await store.query()).toMatchObject([{ reason: 'internal', detail: 'lost' }])
  })

  it('finds by id, state and owner, newest first', async () => {
    const { store } = setUp()
    for (const id of ['msg_1', 'msg_2', 'msg_3']) {
      await store.enqueue(delivery(id, { owner: id === 'msg_2' ? 'ann' : 'default' }))
    }
    const ids = async (filter?: Parameters<typeof store.query>[0]) =>
      (await store.query(filter)).map(({ id }) => id)
    expect(await ids()).toEqual(['msg_3', 'msg_2', 'msg_1'])
    expect(await ids({ limit: 2 })).toEqual(['msg_3', 'msg_2'])
    expect(await ids({ owner: 'ann' })).toEqual(['msg_2'])
    expect(await ids({ id: 'msg_1' })).toEqual(['msg_1'])
    expect(await ids({ state: 'dead' })).toEqual([])
    expect(await ids({ owner: "'; DROP TABLE ringback_delivery; --" })).toEqual([])
  })
})
