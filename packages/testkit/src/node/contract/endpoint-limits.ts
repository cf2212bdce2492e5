import assert from 'node:assert/strict'
import type { DeliveryTransition } from '@ringback/sender'
import {
  AGAIN,
  ALL,
  addAll,
  DAY,
  DELIVERED,
  deliveryId,
  endpoint,
  endpointsOf,
  idOf,
  message,
} from './endpoint-scene.ts'
import { assertHas, claimIds, claimOne } from './scene.ts'
import type { Cases } from './store-contract.ts'

/** When a registered endpoint is sent to: its own limits, and when it is disabled or removed. */
export const ENDPOINT_LIMITS: Cases = {
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
}
