// Deliveries in Durable Objects, on a real workerd that is killed and started again.
import { setTimeout as delay } from 'node:timers/promises'
import { verify } from '@ringback/signing'
import { type LoopbackReceiver, type ScriptEntry, startReceiver } from '@ringback/testkit/node'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { durableCrashes } from './durable-crash.ts'
import {
  type DurableScene,
  type DurableSceneOptions,
  durableScene,
  SECRET,
} from './durable-scene.ts'
import { eventually } from './eventually.ts'

const TIMEOUT = 60_000
const HANG = { hang: true } as const
const JSON_TYPE = { 'content-type': 'application/json' }
const OK: ScriptEntry = { status: 200, headers: JSON_TYPE, body: '{"ok":true}' }

async function setUp(options: DurableSceneOptions = {}) {
  const scene = await durableScene(options)
  onTestFinished(() => scene.end())
  await scene.start()
  return scene
}

async function receive(...script: readonly ScriptEntry[]): Promise<LoopbackReceiver> {
  const receiver = await startReceiver(script)
  onTestFinished(() => receiver.close())
  return receiver
}

const idsOf = ({ requests }: LoopbackReceiver) =>
  requests.map(({ headers }) => headers['webhook-id'])

/** Waits until so many attempts of the newest delivery are recorded. */
const attempted = (scene: DurableScene, count: number) =>
  eventually(`${count} attempts`, async () => {
    const [record] = await scene.deliveries()
    return record?.attemptCount === count || undefined
  })

describe('a Worker whose deliveries are in Durable Objects', { timeout: TIMEOUT }, () => {
  let scene: DurableScene
  beforeAll(async () => {
    scene = await durableScene({ shards: 3, payloadLimit: 4_000_000 })
    await scene.start()
  }, TIMEOUT)
  afterAll(() => scene.end())

  const latest = async (owner: string) => {
    const [record] = await scene.deliveries({ owner, limit: '1' })
    return record
  }
  const latestIn = (owner: string, state: string) =>
    eventually(`the latest of ${owner} is ${state}`, async () => {
      const record = await latest(owner)
      return record?.state === state ? record : undefined
    })

  it('stores them before send resolves, and the object sends them, signed', async () => {
    const receiver = await receive(OK)
    const { status, body } = await scene.post(receiver.url, { owner: 'ann' })
    expect(status).toBe(200)
    const [first] = await receiver.received(1)
    await verify({ headers: first?.headers ?? {}, body: first?.body ?? '', secrets: [SECRET] })
    expect(first).toMatchObject({ path: '/1', body: '{"text":"paid"}' })
    expect(await latestIn('ann', 'delivered')).toMatchObject({
      id: body.id,
      attempts: [{ status: 200 }],
    })
  })

  it('publishes webhooks to the endpoints of an owner, which the object signs and sends', async () => {
    const receiver = await receive({ status: 204 })
    const ask = async (path: string) => (await scene.request(path, { method: 'POST' })).json()
    expect(await ask('/publish/eve')).toMatchObject({ count: 0 })
    const query = new URLSearchParams({ url: `${receiver.url}/hooks` })
    const { endpoint, secret, found } = await ask(`/endpoints/eve?${query}`)
    expect(found).toEqual(endpoint)
    expect(await ask('/publish/eve')).toMatchObject({ count: 1 })
    const [first] = await receiver.received(1)
    await verify({ headers: first?.headers ?? {}, body: first?.body ?? '', secrets: [secret] })
    expect(first).toMatchObject({ path: '/hooks', body: '{"id":"7"}' })
    expect(first?.headers.authorization).toBe('Bearer header-hunter2')
    expect(await ask(`/replay/${endpoint.id}`)).toBe(1)
    await receiver.received(2)
    expect(scene.stored()).not.toContain('hunter2')
    expect(scene.stored()).not.toContain(secret.slice('whsec_'.length))
  })

  it('checks responses against the operations of the object', async () => {
    const receiver = await receive({ status: 200, headers: JSON_TYPE, body: '{"ok":1}' })
    await scene.post(receiver.url, { owner: 'bob' })
    expect(await latestIn('bob', 'delivered')).toMatchObject({
      attempts: [{ status: 200, reason: 'declaration' }],
    })
  })

  it('gives the same delivery for a dedupeKey, and an error for another payload', async () => {
    const receiver = await receive(OK)
    const order = { owner: 'cleo', query: { key: 'k' } }
    const { body } = await scene.post(receiver.url, order)
    expect((await scene.post(receiver.url, order)).body).toEqual(body)
    const other = await scene.post(receiver.url, { ...order, body: { id: '1', text: 'other' } })
    expect(other).toMatchObject({ status: 500, body: { code: 'dedupe' } })
  })

  it('sends in order with an orderKey', async () => {
    const receiver = await receive(500, OK)
    for (const id of ['1', '2']) {
      await scene.post(receiver.url, { owner: 'dan', query: { order: 'o' }, body: { id } })
    }
    await receiver.received(3)
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/1', '/1', '/2'])
  })

  it('finds one of any owner to cancel it', async () => {
    const receiver = await receive(OK)
    const { body } = await scene.post(receiver.url, { owner: 'eve', query: { delay: '60000' } })
    const response = await scene.request(`/cancel/${body.id}`, { method: 'POST' })
    expect(await response.json()).toMatchObject({ id: body.id, state: 'cancelled' })
    const unknown = await scene.request('/cancel/msg_0', { method: 'POST' })
    expect(await unknown.json()).toMatchObject({ name: 'SenderError', code: 'unknown' })
  })

  it('redrives one of any owner, which the object sends at once', async () => {
    const receiver = await receive(500, 500, OK)
    const { body } = await scene.post(receiver.url, { owner: 'fay' })
    await latestIn('fay', 'dead')
    await scene.request(`/redrive/${body.id}`, { method: 'POST' })
    expect(await latestIn('fay', 'delivered')).toMatchObject({ id: body.id, attemptCount: 1 })
  })

  it('keeps an exchange, once, and resumes it', async () => {
    const receiver = await receive(OK)
    const keep = { path: '/kept', owner: 'gus', body: { id: 'k1' } }
    expect((await scene.post(receiver.url, keep)).status).toBe(204)
    expect((await scene.post(receiver.url, keep)).body).toMatchObject({ code: 'kept' })
    await scene.request('/resume/gus/k1', { method: 'POST' })
    const [first] = await receiver.received(1)
    expect(first).toMatchObject({ path: '/k1', body: '{"text":"later"}' })
  })

  it('sends to a URL of the response', async () => {
    const receiver = await receive(OK)
    expect((await scene.post(receiver.url, { path: '/answered' })).status).toBe(201)
    const [first] = await receiver.received(1)
    expect(first?.path).toBe('/created/7')
  })

  it('calls from the Worker, one request after the other', async () => {
    const receiver = await receive(OK)
    for (const id of ['1', '2']) {
      const { body } = await scene.post(receiver.url, {
        path: '/called',
        owner: 'hal',
        body: { id },
      })
      expect(body).toEqual({ ok: true })
    }
    expect(await scene.deliveries({ owner: 'hal', state: 'delivered' })).toHaveLength(2)
  })

  it('forgets an owner', async () => {
    const receiver = await receive(OK)
    await scene.post(receiver.url, { owner: 'ida' })
    await scene.post(receiver.url, { path: '/kept', owner: 'ida' })
    await latestIn('ida', 'delivered')
    const response = await scene.request('/forget/ida', { method: 'POST' })
    expect(await response.json()).toBe(2)
    expect(await latest('ida')).toBeUndefined()
  })

  it('lists those of all objects, newest first, page by page', async () => {
    const receiver = await receive(OK)
    for (const owner of ['p1', 'p2', 'p3', 'p4']) await scene.post(receiver.url, { owner })
    const all = await scene.deliveries()
    expect(all.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .reverse(),
    )
    expect(all.slice(0, 4).map(({ owner }) => owner)).toEqual(['p4', 'p3', 'p2', 'p1'])
    const page = await scene.deliveries({ limit: '2', cursor: all[0]?.id ?? '' })
    expect(page.map(({ owner }) => owner)).toEqual(['p3', 'p2'])
  })

  it('refuses a payload over the row limit, and stores nothing', async () => {
    const receiver = await receive(OK)
    const order = { id: '1', text: 'x', times: 2_100_000 }
    const { status, body } = await scene.post(receiver.url, {
      owner: 'jan',
      body: order,
    })
    expect(status).toBe(500)
    expect(body).toMatchObject({ name: 'DurableObjectError', code: 'large' })
    expect(body.message).toContain('2 MB')
    expect(await latest('jan')).toBeUndefined()
  })

  it('checks URLs in the object as well, whoever guards the connections', async () => {
    for (const [url, owner] of [
      ['https://169.254.169.254', 'mia'],
      ['https://receiver.local', 'ned'],
    ] as const) {
      await scene.post(url, { owner })
      expect(await latestIn(owner, 'dead')).toMatchObject({ reason: 'blocked', attempts: [] })
    }
  })

  it('stores no secret', async () => {
    const receiver = await receive(OK)
    await scene.post(receiver.url, { owner: 'lea', body: { id: 'a-written-id' } })
    await latestIn('lea', 'delivered')
    const stored = scene.stored()
    expect(stored).toContain('a-written-id')
    expect(stored).not.toContain(SECRET.slice('whsec_'.length))
  })

  it('says when something is due, for a cron trigger, and sends nothing from the Worker', async () => {
    const receiver = await receive(OK)
    await scene.ended()
    const before = Date.now()
    await scene.post(receiver.url, { owner: 'kim', query: { delay: '600000' } })
    const { sent, nextAt } = await (await scene.request('/due', { method: 'POST' })).json()
    expect(sent).toBe(0)
    expect(nextAt).toBeGreaterThanOrEqual(before + 600_000)
    expect(nextAt).toBeLessThan(Date.now() + 600_001)
  })
})

describe('Durable Objects', { timeout: TIMEOUT }, () => {
  it('outlive a killed workerd: the alarm sends again, without a request', async () => {
    const scene = await setUp({ schedule: [0, 1500, 1500] })
    const receiver = await receive(500, 500, OK)
    const { body } = await scene.post(receiver.url)
    await attempted(scene, 1)
    await scene.kill()
    // nothing runs, and the second attempt falls due
    await delay(5000)
    expect(receiver.requests).toHaveLength(1)
    await scene.start()
    await receiver.received(3)
    expect(idsOf(receiver)).toEqual(Array(3).fill(body.id))
    expect(await scene.ended()).toMatchObject([
      {
        id: body.id,
        state: 'delivered',
        attempts: [{ status: 500 }, { status: 500 }, { status: 200 }],
      },
    ])
  })

  it('send again within 5 s after they were killed while a receiver hung', async () => {
    const scene = await setUp()
    const receiver = await receive(HANG, OK)
    const { body } = await scene.post(receiver.url)
    await receiver.received(1)
    // longer than an alarm is set ahead
    await delay(4000)
    await scene.kill()
    await scene.start()
    const restarted = Date.now()
    await receiver.received(2)
    expect(Date.now() - restarted).toBeLessThan(5000)
    expect(idsOf(receiver)).toEqual([body.id, body.id])
    expect(await scene.ended()).toMatchObject([{ state: 'delivered' }])
  })

  it('go on after an eviction, when something is due', async () => {
    const scene = await setUp({ schedule: [0, 2000] })
    const receiver = await receive(500, OK)
    await scene.post(receiver.url)
    await attempted(scene, 1)
    await scene.request('/abort', { method: 'POST' })
    await receiver.received(2)
    expect(await scene.ended()).toMatchObject([{ state: 'delivered', attemptCount: 2 }])
  })

  it('that are restarted, as by a deployment, make no send fail', async () => {
    const scene = await setUp()
    const receiver = await receive(OK)
    const posts = Array.from({ length: 5 }, async (_, lane) => {
      const statuses: number[] = []
      for (let n = 0; n < 20; n += 1) {
        const { status } = await scene.post(receiver.url, { body: { id: `${lane}-${n}` } })
        statuses.push(status)
      }
      return statuses
    })
    const aborts = Promise.all(posts).then(() => false)
    // until all are posted
    while (await Promise.race([aborts, delay(30, true)])) {
      await scene.request('/abort', { method: 'POST' })
    }
    expect((await Promise.all(posts)).flat()).toEqual(Array(100).fill(200))
    const ended = await scene.ended()
    expect(ended).toHaveLength(100)
    expect(new Set(ended.map(({ url }) => url)).size).toBe(100)
  })

  it('count what they have sent, though they are evicted when they have nothing to do', async () => {
    const scene = await setUp()
    const receiver = await receive(OK)
    await Promise.all(Array.from({ length: 20 }, () => scene.post(receiver.url)))
    await scene.ended()
    // long enough to be counted; an object without work is in memory for ten seconds
    await delay(5000)
    await scene.request('/abort', { method: 'POST' })
    expect(await (await scene.request('/stats')).json()).toMatchObject({
      states: { delivered: 20 },
    })
  })

  it('let one hanging receiver delay nobody', async () => {
    const scene = await setUp()
    const [hanging, healthy] = [await receive(HANG), await receive(OK)]
    for (let n = 0; n < 3; n += 1) await scene.post(hanging.url)
    await hanging.received(2)
    const started = Date.now()
    for (let n = 0; n < 20; n += 1) await scene.post(healthy.url)
    await healthy.received(20)
    expect(Date.now() - started).toBeLessThan(5000)
    // two at once to an endpoint
    expect(hanging.requests).toHaveLength(2)
  })

  it('keep the owners of one from the dead receivers of another', async () => {
    const scene = await setUp({ shards: 2, schedule: [0, 60_000] })
    // a and bob have different objects
    const dead = await Promise.all(Array.from({ length: 4 }, () => receive(HANG)))
    const healthy = await receive(OK)
    for (const receiver of dead) {
      for (let n = 0; n < 3; n += 1) await scene.post(receiver.url, { owner: 'a' })
    }
    await Promise.all(dead.slice(0, 3).map((receiver) => receiver.received(2)))
    const started = Date.now()
    for (let n = 0; n < 20; n += 1) await scene.post(healthy.url, { owner: 'bob' })
    await healthy.received(20)
    expect(Date.now() - started).toBeLessThan(5000)
    expect(dead.flatMap(({ requests }) => requests)).toHaveLength(6)
  })

  it('can be more later: what was stored is found, resumed and sent; and never fewer', async () => {
    const scene = await setUp({ shards: 1, schedule: [0, 3000] })
    const owners = ['a', 'b', 'c', 'd', 'e', 'f']
    const receiver = await receive(...Array(6).fill(500), OK)
    for (const owner of owners) {
      await scene.post(receiver.url, { owner })
      await scene.post(receiver.url, { owner, path: '/kept', body: { id: 'k' } })
    }
    await scene.kill()
    await scene.start({ shards: 4 })
    for (const owner of owners) {
      expect(await scene.deliveries({ owner })).toHaveLength(1)
      const kept = await scene.post(receiver.url, { owner, path: '/kept', body: { id: 'k' } })
      expect(kept.body).toMatchObject({ code: 'kept' })
      await scene.request(`/resume/${owner}/k`, { method: 'POST' })
    }
    const ended = await scene.ended()
    expect(ended.map(({ state }) => state)).toEqual(Array(12).fill('delivered'))
    await scene.kill()
    await scene.start({ shards: 2 })
    expect((await scene.post(receiver.url)).body).toMatchObject({
      name: 'DurableObjectError',
      code: 'shards',
    })
  })

  it('store nothing when their options are not valid, and say so', async () => {
    const scene = await setUp({ schedule: [] })
    const receiver = await receive(OK)
    const { status, body } = await scene.post(receiver.url)
    expect(status).toBe(500)
    expect(body).toMatchObject({ name: 'SenderError', code: 'option' })
    expect(body.message).toContain('schedule')
    expect(await scene.deliveries()).toEqual([])
  })

  // a loaded machine takes its time to start workerd so often
  it('lose nothing when they are killed at random moments under load', {
    timeout: 3 * TIMEOUT,
  }, async () => {
    const report = await durableCrashes(4, Math.random)
    expect(report.stored).toBeGreaterThan(0)
  })
})
