import assert from 'node:assert/strict'
import type {
  DeliveryTransition,
  EndpointStore,
  StoredEndpoint,
  StoredMessage,
} from '@ringback/sender'
import { assertHas, claimIds, claimOne, type Scene } from './scene.ts'
import type { Cases } from './store-contract.ts'

const DAY = 24 * 60 * 60_000
const DELIVERED: DeliveryTransition = {
  state: 'delivered',
  attemptCount: 1,
  refusals: 0,
  receiver: { verdict: 'well' },
}
const AGAIN: DeliveryTransition = {
  state: 'scheduled',
  attemptCount: 1,
  refusals: 0,
  receiver: { verdict: 'failing' },
}

/** An id whose last 16 characters are its own. */
function idOf(name: string): string {
  return `ep_${name.padStart(32, '0')}`
}

function endpoint(name: string, change: Partial<StoredEndpoint> = {}): StoredEndpoint {
  return {
    id: idOf(name),
    owner: 'ann',
    url: `https://${name}.example/hooks?token=1`,
    events: ['*'],
    keys: [{ generation: 1 }],
    state: 'enabled',
    createdAt: 1000,
    updatedAt: 1000,
    ...change,
  }
}

function message(id: string, change: Partial<StoredMessage> = {}): StoredMessage {
  return {
    id,
    owner: 'ann',
    operationId: '',
    callback: 'invoice.paid',
    method: 'post',
    createdAt: 1000,
    dueAt: 1000,
    payload: new TextEncoder().encode('{"€":1}'),
    ...change,
  }
}

const ALL = ['*', 'invoice.*', 'invoice.paid']

function endpointsOf({ store }: Scene): EndpointStore {
  assert.ok(store.endpoints, 'the store keeps no endpoints')
  return store.endpoints
}

/** The id of the delivery of a message to an endpoint. */
function deliveryId(messageId: string, name: string): string {
  return `${messageId}_${idOf(name).slice(-16)}`
}

async function addAll(scene: Scene, ...names: readonly string[]): Promise<void> {
  for (const name of names) assert.equal(await endpointsOf(scene).add(endpoint(name)), true)
}

/** Registered endpoints, and what is published to them. */
export const ENDPOINTS: Cases = {
  async 'keeps an endpoint with every member, and gives it to its owner alone'(scene) {
    const endpoints = endpointsOf(scene)
    const full = endpoint('a', {
      externalId: 'mine',
      events: ['invoice.*', 'order.shipped'],
      description: 'a “description”',
      metadata: { team: 'blue' },
      headerNames: ['x-key'],
      sealedHeaders: 'v1:sealed',
      limits: { concurrency: 2, rate: 0.5 },
      keys: [
        { generation: 2, sealed: 'v1:two' },
        { generation: 1, until: 5000 },
      ],
    })
    assert.equal(await endpoints.add(full), true)
    assert.deepEqual(await endpoints.find(full.id), full)
    assert.deepEqual(await endpoints.find(full.id, { owner: 'ann' }), full)
    assert.equal(await endpoints.find(full.id, { owner: 'bob' }), undefined)
    assert.equal(await endpoints.find(idOf('b')), undefined)
  },

  async 'keeps an externalId unique within its owner'(scene) {
    const endpoints = endpointsOf(scene)
    assert.equal(await endpoints.add(endpoint('a', { externalId: 'x' })), true)
    assert.equal(await endpoints.add(endpoint('b', { externalId: 'x' })), false)
    assert.equal(await endpoints.find(idOf('b')), undefined)
    assert.equal(await endpoints.add(endpoint('c', { externalId: 'x', owner: 'bob' })), true)
    assert.equal(await endpoints.add(endpoint('d', { externalId: 'y' })), true)
    assert.equal(await endpoints.change(idOf('d'), { externalId: 'x' }), 'duplicate')
    assertHas(await endpoints.find(idOf('d')), { externalId: 'y', updatedAt: 1000 })
  },

  async 'lists endpoints newest first, by every condition, with a cursor'(scene) {
    const endpoints = endpointsOf(scene)
    await endpoints.add(endpoint('a', { events: ['invoice.*'] }))
    await endpoints.add(endpoint('b', { events: ['order.paid'], externalId: 'x' }))
    await endpoints.add(
      endpoint('c', { owner: 'bob', state: 'disabled', disabledReason: 'application' }),
    )
    const ids = async (filter: Parameters<EndpointStore['query']>[0]) =>
      (await endpoints.query(filter)).map(({ id }) => id)
    assert.deepEqual(await ids({}), [idOf('c'), idOf('b'), idOf('a')])
    assert.deepEqual(await ids({ owner: 'ann' }), [idOf('b'), idOf('a')])
    assert.deepEqual(await ids({ owner: 'ann', limit: 1 }), [idOf('b')])
    assert.deepEqual(await ids({ owner: 'ann', cursor: idOf('b') }), [idOf('a')])
    assert.deepEqual(await ids({ patterns: ALL }), [idOf('c'), idOf('a')])
    assert.deepEqual(await ids({ externalId: 'x' }), [idOf('b')])
    assert.deepEqual(await ids({ state: 'disabled' }), [idOf('c')])
    assert.deepEqual(await ids({ state: 'enabled', owner: 'bob' }), [])
  },

  async 'changes what is given, removes what is null, and touches no other owner'(scene) {
    const endpoints = endpointsOf(scene)
    await endpoints.add(
      endpoint('a', { description: 'old', metadata: { n: '1' }, externalId: 'x' }),
    )
    scene.time.at = 2000
    const change = { url: 'https://new.example/', description: null, limits: { rate: 3 } }
    assert.equal(await endpoints.change(idOf('a'), change, { owner: 'bob' }), undefined)
    const expected = endpoint('a', {
      url: 'https://new.example/',
      metadata: { n: '1' },
      externalId: 'x',
      limits: { rate: 3 },
      updatedAt: 2000,
    })
    assert.deepEqual(await endpoints.change(idOf('a'), change, { owner: 'ann' }), expected)
    assert.deepEqual(await endpoints.find(idOf('a')), expected)
  },

  async 'changes an endpoint only while its newest secret is the expected one'(scene) {
    const endpoints = endpointsOf(scene)
    await addAll(scene, 'a')
    const keys = [{ generation: 2 }, { generation: 1, until: 9000 }]
    assertHas(Object(await endpoints.change(idOf('a'), { keys }, { generation: 1 })), { keys })
    assert.equal(await endpoints.change(idOf('a'), { keys }, { generation: 1 }), undefined)
  },

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

  async 'keeps to the own limits of an endpoint'(scene) {
    const endpoints = endpointsOf(scene)
    await endpoints.add(endpoint('a', { limits: { concurrency: 1 } }))
    await endpoints.add(endpoint('b', { limits: { concurrency: 3 } }))
    for (const id of ['msg_1', 'msg_2', 'msg_3', 'msg_4']) {
      await endpoints.publish(message(id), ALL)
    }
    const claim = async () => {
      const options = { limit: 20, lease: 100, limits: { endpoint: { concurrency: 2 } } }
      const { deliveries } = await scene.store.claim(options)
      const of = (name: string) => deliveries.filter((one) => one.endpoint === idOf(name)).length
      return [of('a'), of('b')]
    }
    assert.deepEqual(await claim(), [1, 3])
    assert.deepEqual(await claim(), [0, 0])
  },

  async 'keeps to the own rate of an endpoint'(scene) {
    const endpoints = endpointsOf(scene)
    scene.time.at = 100_000
    const now = { createdAt: 100_000, dueAt: 100_000 }
    await endpoints.add(endpoint('a', { limits: { rate: 2 } }))
    for (const id of ['msg_1', 'msg_2', 'msg_3', 'msg_4', 'msg_5']) {
      await endpoints.publish(message(id, now), ALL)
    }
    assert.equal((await claimIds(scene)).length, 2)
    scene.time.at += 500
    assert.equal((await claimIds(scene)).length, 1)
  },

  async 'parks what waits for a disabled endpoint, and releases it in order with a probe'(scene) {
    const { store, time } = scene
    const endpoints = endpointsOf(scene)
    await addAll(scene, 'a')
    await endpoints.publish(message('msg_1'), ALL)
    const disabled = { state: 'disabled', disabledReason: 'application' } as const
    assertHas(Object(await endpoints.change(idOf('a'), disabled)), disabled)
    time.at = 1001
    await endpoints.publish(message('msg_2', { createdAt: 1001, dueAt: 1001 }), ALL)
    const claim = await store.claim({ limit: 10, lease: 100 })
    assert.deepEqual(claim, { deliveries: [], swept: [] })
    const states = (await store.query({ state: 'parked' })).map(({ id }) => id)
    assert.deepEqual(
      states,
      ['msg_2', 'msg_1'].map((id) => deliveryId(id, 'a')),
    )
    await store.redrive(deliveryId('msg_2', 'a'))
    assert.deepEqual(await claimIds(scene), [], 'a redrive does not enable an endpoint')
    assertHas(await endpoints.find(idOf('a')), { ...disabled, heldUntil: undefined })
    const enabled = await endpoints.change(idOf('a'), { state: 'enabled' })
    assertHas(Object(enabled), { state: 'enabled', disabledReason: undefined })
    const probe = await claimOne(scene)
    assertHas(probe, { id: deliveryId('msg_1', 'a'), isProbe: true })
    assert.deepEqual(await claimIds(scene), [])
    await store.commit(probe, DELIVERED)
    assert.deepEqual(await claimIds(scene), [deliveryId('msg_2', 'a')])
  },

  async 'publishes nothing new to an endpoint that is gone or failing'(scene) {
    const endpoints = endpointsOf(scene)
    for (const disabledReason of ['gone', 'failing'] as const) {
      await endpoints.add(endpoint(disabledReason, { state: 'disabled', disabledReason }))
    }
    assertHas(await endpoints.publish(message('msg_1'), ALL), { count: 0 })
  },

  async 'disables an endpoint after a 410, and parks its other deliveries'(scene) {
    const endpoints = endpointsOf(scene)
    await addAll(scene, 'a')
    await endpoints.publish(message('msg_1'), ALL)
    await endpoints.publish(message('msg_2', { createdAt: 1001, dueAt: 1001 }), ALL)
    const claimed = await claimOne(scene)
    const gone = { ...DELIVERED, state: 'dead', reason: 'gone' } as const
    assertHas(await scene.store.commit(claimed, gone), { kind: 'done', disabled: 'gone' })
    assertHas(await endpoints.find(idOf('a')), { state: 'disabled', disabledReason: 'gone' })
    assert.deepEqual(await claimIds(scene), [])
    const [parked] = await scene.store.query({ state: 'parked' })
    assertHas(parked, { id: deliveryId('msg_2', 'a') })
  },

  async 'disables an endpoint after five days without a success'(scene) {
    const { store, time } = scene
    const endpoints = endpointsOf(scene)
    await addAll(scene, 'a')
    await endpoints.publish(message('msg_1'), ALL)
    const attempt = async (transition: DeliveryTransition) => {
      const claimed = await claimOne(scene)
      return store.commit(claimed, { ...transition, delay: 0 })
    }
    assertHas(await attempt(AGAIN), { disabled: undefined })
    assertHas(await endpoints.find(idOf('a')), { failingSince: 1000 })
    time.at = 1000 + 5 * DAY - 1
    assertHas(await attempt({ ...AGAIN, receiver: { verdict: 'unrelated' } }), {
      disabled: undefined,
    })
    assertHas(await attempt(AGAIN), { disabled: undefined })
    time.at += 1
    assertHas(await attempt(AGAIN), { disabled: 'failing' })
    assertHas(await endpoints.find(idOf('a')), { state: 'disabled', disabledReason: 'failing' })
    const enabled = await endpoints.change(idOf('a'), { state: 'enabled' })
    assertHas(Object(enabled), { failingSince: undefined })
    assertHas(await attempt(AGAIN), { disabled: undefined })
  },

  async 'begins to count five days anew after a success'(scene) {
    const endpoints = endpointsOf(scene)
    await addAll(scene, 'a')
    for (const id of ['msg_1', 'msg_2', 'msg_3']) await endpoints.publish(message(id), ALL)
    await scene.store.commit(await claimOne(scene), { ...AGAIN, delay: 10 * DAY })
    await scene.store.commit(await claimOne(scene), DELIVERED)
    assertHas(await endpoints.find(idOf('a')), { failingSince: undefined })
  },

  async 'cancels the deliveries of an endpoint that is removed'(scene) {
    const { store } = scene
    const endpoints = endpointsOf(scene)
    await addAll(scene, 'a', 'b')
    for (const id of ['msg_1', 'msg_2', 'msg_3']) await endpoints.publish(message(id), ALL)
    const sending = (await store.claim({ limit: 2, lease: 100 })).deliveries
    assert.equal(await endpoints.remove(idOf('a'), { owner: 'bob' }), undefined)
    for (let state = await endpoints.remove(idOf('a')); state !== 'removed'; ) {
      assert.equal(state, 'more')
      state = await endpoints.remove(idOf('a'))
    }
    assert.equal(await endpoints.remove(idOf('a')), undefined)
    assert.equal(await endpoints.find(idOf('a')), undefined)
    const cancelled = await store.query({ state: 'cancelled' })
    assert.deepEqual(
      cancelled.map(({ id }) => id),
      ['msg_3', 'msg_2', 'msg_1'].map((id) => deliveryId(id, 'a')),
    )
    const one = sending.find(({ endpoint: id }) => id === idOf('a'))
    if (one) assertHas(await store.commit(one, DELIVERED), { kind: 'done' })
    assertHas(await endpoints.publish(message('msg_4'), ALL), { count: 1 })
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
