import assert from 'node:assert/strict'
import type { EndpointStore } from '@ringback/sender'
import { ALL, addAll, endpoint, endpointsOf, idOf } from './endpoint-scene.ts'
import { assertHas } from './scene.ts'
import type { Cases } from './store-contract.ts'

/** Registered endpoints: what is kept of them, and who may change it. */
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

  async 'changes an endpoint only while its sealed headers are the expected ones'(scene) {
    const endpoints = endpointsOf(scene)
    await addAll(scene, 'a')
    const change = (sealedHeaders: string, expected: string | null) =>
      endpoints.change(idOf('a'), { sealedHeaders }, { sealedHeaders: expected })
    assert.equal(await change('one', 'other'), undefined)
    assertHas(Object(await change('one', null)), { sealedHeaders: 'one' })
    assert.equal(await change('two', null), undefined)
    assertHas(Object(await change('two', 'one')), { sealedHeaders: 'two' })
  },
}
