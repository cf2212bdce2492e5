import assert from 'node:assert/strict'
import type { StoredMessage } from '@ringback/sender'
import {
  ALL,
  addAll,
  DELIVERED,
  deliveryId,
  endpoint,
  endpointsOf,
  idOf,
  message,
} from './endpoint-scene.ts'
import { assertHas, claimIds, claimOne } from './scene.ts'
import type { Cases } from './store-contract.ts'

/** What is published to registered endpoints. */
export const PUBLISHING: Cases = {
  async 'publishes one delivery to each endpoint of the owner that listens'(scene) {
    const endpoints = endpointsOf(scene)
    await endpoints.add(endpoint('a', { events: ['invoice.*'] }))
    await endpoints.add(endpoint('b', { events: ['order.paid', 'invoice.paid'] }))
    await endpoints.add(endpoint('c', { events: ['order.paid'] }))
    await endpoints.add(endpoint('d', { owner: 'bob' }))
    const settings = { contentType: 'application/x+json', schedule: [0, 5] }
    const published = await endpoints.publish(message('msg_1', { settings, orderKey: 'k' }), ALL)
    assert.deepEqual(published, { kind: 'stored', id: 'msg_1', count: 2 })
    const { deliveries } = await scene.store.claim({ limit: 10, lease: 100 })
    const byId = new Map(deliveries.map((one) => [one.id, one]))
    assert.deepEqual([...byId.keys()].sort(), ['a', 'b'].map((n) => deliveryId('msg_1', n)).sort())
    const one = byId.get(deliveryId('msg_1', 'a'))
    assertHas(one, {
      owner: 'ann',
      callback: 'invoice.paid',
      endpoint: idOf('a'),
      url: undefined,
      settings,
      orderKey: 'k',
      payload: message('').payload,
      target: { id: idOf('a'), url: endpoint('a').url, keys: [{ generation: 1 }] },
    })
  },

  async 'stores a message that nobody listens to as skipped'(scene) {
    const published = await endpointsOf(scene).publish(message('msg_1'), ALL)
    assert.deepEqual(published, { kind: 'stored', id: 'msg_1', count: 0 })
    const [record] = await scene.store.query()
    assertHas(record, { id: 'msg_1', state: 'skipped', endpoint: undefined, attempts: [] })
    assert.deepEqual(await claimIds(scene), [])
  },

  async 'publishes a dedupeKey once'(scene) {
    const endpoints = endpointsOf(scene)
    await addAll(scene, 'a', 'b')
    const dedupeKey = 'once'
    await endpoints.publish(message('msg_1', { dedupeKey }), ALL)
    const again = await endpoints.publish(message('msg_2', { dedupeKey }), ALL)
    assert.deepEqual(again, { kind: 'duplicate', id: 'msg_1', count: 2 })
    const payload = new TextEncoder().encode('{}')
    const other = await endpoints.publish(message('msg_3', { dedupeKey, payload }), ALL)
    assert.deepEqual(other, { kind: 'conflict', id: 'msg_1', count: 2 })
    for (const settings of [
      { query: 'v=2' },
      { headers: { 'x-region': 'eu' } },
      { contentType: 'text/csv' },
    ]) {
      const changed = message('msg_4', { dedupeKey, settings })
      const { kind } = await endpoints.publish(changed, ALL)
      assert.deepEqual([settings, kind], [settings, 'conflict'])
    }
    const settings = { schedule: [0] }
    const same = await endpoints.publish(message('msg_5', { dedupeKey, settings }), ALL)
    assert.equal(same.kind, 'duplicate')
    const nobody = message('msg_4', { dedupeKey: 'two', owner: 'bob' })
    await endpoints.publish(nobody, ALL)
    const twice = await endpoints.publish({ ...nobody, id: 'msg_5' }, ALL)
    assert.deepEqual(twice, { kind: 'duplicate', id: 'msg_4', count: 0 })
    const records = await scene.store.query()
    assert.deepEqual(
      records.map((one) => one.dedupeKey),
      [undefined, undefined, undefined],
      'the key is that of the message',
    )
  },

  async 'gives a delivery the URL and the secrets that its endpoint has when it is claimed'(scene) {
    const endpoints = endpointsOf(scene)
    await addAll(scene, 'a')
    await endpoints.publish(message('msg_1'), ALL)
    const keys = [
      { generation: 2, sealed: 'v1:two' },
      { generation: 1, until: 9 },
    ]
    const change = { url: 'https://new.example/', keys, sealedHeaders: 'v1:headers' }
    await endpoints.change(idOf('a'), change)
    assert.deepEqual((await claimOne(scene)).target, { id: idOf('a'), ...change })
  },

  async 'finds the deliveries of an endpoint by its id, with their payload'(scene) {
    const endpoints = endpointsOf(scene)
    await addAll(scene, 'a', 'b')
    await endpoints.publish(message('msg_1'), ALL)
    const records = await scene.store.query({ endpoint: idOf('b') })
    assert.deepEqual(
      records.map(({ id }) => id),
      [deliveryId('msg_1', 'b')],
    )
    const found = await scene.store.find(deliveryId('msg_1', 'b'))
    assertHas(found, { payload: message('').payload, endpoint: idOf('b') })
  },

  async 'erases a message with the last of its deliveries'(scene) {
    const { store } = scene
    const endpoints = endpointsOf(scene)
    await addAll(scene, 'a', 'b')
    await endpoints.publish(message('msg_1'), ALL)
    const { deliveries } = await store.claim({ limit: 2, lease: 100 })
    for (const one of deliveries) await store.commit(one, DELIVERED)
    assert.equal(await store.erase({ id: deliveryId('msg_1', 'a') }), 1)
    const range = { owner: 'ann', since: 0 }
    assert.deepEqual(await endpoints.callbacks(range), ['invoice.paid'])
    const left = await store.find(deliveryId('msg_1', 'b'))
    assertHas(left, { payload: message('').payload })
    assert.equal(await store.erase({ owner: 'ann' }), 1)
    assert.deepEqual(await endpoints.callbacks(range), [])
  },

  async 'replays what an endpoint never got'(scene) {
    const { time } = scene
    const endpoints = endpointsOf(scene)
    await addAll(scene, 'a')
    const send = (id: string, at: number, change: Partial<StoredMessage> = {}) => {
      time.at = at
      return endpoints.publish(message(id, { createdAt: at, dueAt: at, ...change }), ALL)
    }
    await send('msg_1', 1000)
    await send('msg_2', 2000, { expiresAt: 2500 })
    await send('msg_3', 3000, { callback: 'order.paid' })
    await send('msg_4', 4000, { owner: 'bob' })
    await send('msg_5', 5000)
    await addAll(scene, 'b')
    await send('msg_6', 6000)
    const range = { owner: 'ann', since: 2000, until: 5001 }
    assert.deepEqual([...(await endpoints.callbacks(range))].sort(), ['invoice.paid', 'order.paid'])
    const replay = { ...range, endpoint: idOf('b'), callbacks: ['invoice.paid'] }
    const replayed = (change: object) => endpoints.replay({ ...replay, limit: 10, ...change })
    assert.deepEqual(await replayed({ owner: 'bob' }), { count: 0 })
    assert.deepEqual(await replayed({ limit: 1 }), { count: 1, since: 2000 })
    assert.deepEqual(await replayed({ since: 2000 }), { count: 1 })
    assert.deepEqual(await replayed({}), { count: 0 })
    const got = await scene.store.query({ endpoint: idOf('b') })
    assert.deepEqual(
      got.map(({ id, state, dueAt }) => [id, state, dueAt]),
      ['msg_6', 'msg_5', 'msg_2'].map((id) => [deliveryId(id, 'b'), 'scheduled', 6000]),
    )
  },

  async 'lets a message of many endpoints delay no other owner'(scene) {
    const { store } = scene
    const names = Array.from({ length: 50 }, (_, n) => String(n))
    await addAll(scene, ...names)
    await endpointsOf(scene).add(endpoint('other', { owner: 'bob' }))
    assertHas(await endpointsOf(scene).publish(message('msg_1'), ALL), { count: 50 })
    await endpointsOf(scene).publish(message('msg_2', { owner: 'bob' }), ALL)
    const { deliveries } = await store.claim({ limit: 2, lease: 100 })
    assert.deepEqual(deliveries.map(({ owner }) => owner).sort(), ['ann', 'bob'])
  },
}
