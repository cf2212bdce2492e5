// Webhooks, from publish to the receiver, on real sockets.
import { securityScheme, webhook } from '@ringback/core'
import { createSender, type Delivery, generateMasterKey, memoryStore } from '@ringback/sender'
import { generateSecret, verify } from '@ringback/signing'
import type { ReceivedRequest } from '@ringback/testkit/node'
import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import { invoicePaid, PAID, type StoreName, webhookScene } from './webhook-scene.ts'

const DAY = 24 * 60 * 60_000
const ANN = { owner: 'ann' }

/** Verifies a received request with secrets; rejects when none of them fits. */
function check({ headers, body }: ReceivedRequest | undefined = NONE, ...secrets: string[]) {
  const now = Number(headers['webhook-timestamp'])
  return verify({ headers, body, secrets, now })
}
const NONE = { headers: {}, body: '' } as ReceivedRequest

const stores: readonly StoreName[] = ['memoryStore', 'sqliteStore']

describe.each(stores)('publish with %s', (store) => {
  it('sends a webhook to every endpoint of the owner that listens, signed with the secret of each', async () => {
    const { sender, receivers, register, sendAfter } = await webhookScene({ store }, [204], [204])
    const [a, b] = await register()
    await sender.endpoints.create({ ...ANN, url: receivers[0]?.url ?? '', events: ['order.*'] })
    await sender.endpoints.create({ owner: 'bob', url: receivers[1]?.url ?? '' })
    const published = await sender.publish(invoicePaid, PAID, ANN)
    expect(published.count).toBe(2)
    await sendAfter(0)
    for (const [index, endpoint] of [a, b].entries()) {
      const requests = receivers[index]?.requests ?? []
      expect(requests).toHaveLength(1)
      const [request] = requests
      expect(request).toMatchObject({ method: 'POST', path: '/hooks', body: JSON.stringify(PAID) })
      expect(request?.headers['webhook-id']).toContain(published.id)
      const secret = await sender.endpoints.secret(endpoint?.id ?? '')
      await check(request, String(secret))
      await expect(check(request, generateSecret())).rejects.toThrow()
    }
    const delivered = await sender.deliveries({ state: 'delivered' })
    expect(delivered.map(({ endpoint }) => endpoint).sort()).toEqual([a?.id, b?.id].sort())
    expect(delivered[0]).toMatchObject({ callback: 'invoice.paid', operationId: '' })
  })

  it('checks the payload, removes what the schema does not name, and sends headers and query', async () => {
    const { sender, receivers, register, sendAfter } = await webhookScene({ store }, [204])
    await register({ headers: { Authorization: 'Bearer mine' } })
    const shipped = webhook('post', 'order.shipped')
      .body(v.object({ order: v.string() }))
      .headers(v.object({ 'x-region': v.string() }))
      .query(v.object({ v: v.number() }))
      .response(204)
    const parts = { headers: { 'x-region': 'eu' }, query: { v: 2 }, ...ANN }
    // @ts-expect-error: the payload is not that of the webhook
    const wrong = sender.publish(shipped, { order: 1 }, parts)
    await expect(wrong).rejects.toMatchObject({ code: 'payload' })
    // @ts-expect-error: the headers are required
    const missing = sender.publish(shipped, { order: 'o' }, ANN)
    await expect(missing).rejects.toMatchObject({ code: 'payload' })
    const payload = { order: 'o', password: 'p' }
    await sender.publish(shipped, payload, parts)
    await sendAfter(0)
    expect(receivers[0]?.requests).toMatchObject([
      {
        path: '/hooks?v=2',
        body: '{"order":"o"}',
        headers: { 'x-region': 'eu', authorization: 'Bearer mine' },
      },
    ])
  })

  it('sends by the schedule and the deadline that the webhook declares', async () => {
    const silent = { hang: true } as const
    const scene = await webhookScene({ store }, [500, silent])
    const { sender, receivers, register, sendAfter } = scene
    await register()
    const urgent = webhook('post', 'door.opened')
      .delivery({ schedule: [1000, 4000], deadline: 2000 })
      .response(204)
    await sender.publish(urgent, undefined, ANN)
    expect(await sendAfter(999)).toBe(0)
    expect(await sendAfter(1)).toBe(1)
    expect(await sendAfter(3999)).toBe(0)
    const sent = sendAfter(1)
    await vi.waitFor(() => expect(receivers[0]?.requests).toHaveLength(2), { timeout: 15_000 })
    scene.clock.advance(2000)
    expect(await sent).toBe(1)
    const [record] = await sender.deliveries()
    expect(record).toMatchObject({ state: 'dead', reason: 'exhausted', attemptCount: 2 })
    expect(record?.attempts.at(-1)?.detail).toBe('no complete response within 2 s')
  })

  it('sends the credentials that the webhook declares, and needs none where endpoints have them', async () => {
    const credentials = { ours: ({ endpoint }: Delivery) => `for ${endpoint}` }
    const scene = await webhookScene({ store, credentials }, [204, 204])
    const { sender, receivers, register, sendAfter } = scene
    const [endpoint] = await register({ headers: { authorization: 'Bearer theirs' } })
    const inHeader = { type: 'apiKey', in: 'header', name: 'x-key' } as const
    const ours = securityScheme('ours', inHeader, (_, next) => next())
    const bearer = { type: 'http', scheme: 'bearer' } as const
    const theirs = securityScheme('theirs', bearer, (_, next) => next())
    const paid = webhook('post', 'paid').security(ours).security(theirs).response(204)
    await sender.publish(paid, undefined, ANN)
    await sendAfter(0)
    expect(receivers[0]?.requests[0]?.headers).toMatchObject({
      'x-key': `for ${endpoint?.id}`,
      authorization: 'Bearer theirs',
    })
    const [record] = await sender.deliveries()
    expect(JSON.stringify(await scene.store.find(record?.id ?? ''))).not.toContain('for ep_')
  })

  it('lets one dead endpoint delay none, by the schedule of webhooks', async () => {
    const scene = await webhookScene({ store }, [500], [204])
    const { sender, receivers, register, sendAfter } = scene
    const [dead] = await register()
    await sender.publish(invoicePaid, PAID, ANN)
    await sendAfter(0)
    expect(receivers.map(({ requests }) => requests.length)).toEqual([1, 1])
    const minutes = [5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440]
    for (const [index, wait] of minutes.entries()) {
      expect(await sendAfter(wait * 60_000 - 1)).toBe(0)
      expect(await sendAfter(1)).toBe(1)
      expect(receivers[0]?.requests).toHaveLength(index + 2)
    }
    const [record] = await sender.deliveries({ endpoint: dead?.id ?? '' })
    expect(record).toMatchObject({ state: 'dead', reason: 'exhausted', attemptCount: 10 })
    expect(scene.events.at(-1)?.names).toEqual(['delivery.dead'])
  })

  it('sends what waits to the new URL after an endpoint was corrected', async () => {
    const { sender, receivers, register, sendAfter } = await webhookScene({ store }, [500], [204])
    const [wrong, right] = await register({ events: ['none'] })
    const id = wrong?.id ?? ''
    await sender.endpoints.update(id, { events: ['invoice.*'] })
    await sender.publish(invoicePaid, PAID, ANN)
    await sendAfter(0)
    expect(receivers.map(({ requests }) => requests.length)).toEqual([1, 0])
    const updated = await sender.endpoints.update(id, { url: right?.url ?? '' }, ANN)
    expect(updated?.url).toBe(right?.url)
    await sendAfter(5000)
    expect(receivers.map(({ requests }) => requests.length)).toEqual([1, 1])
    await check(receivers[1]?.requests[0], String(await sender.endpoints.secret(id)))
  })

  it('signs with both secrets during the overlap of a rotation, then with the new one alone', async () => {
    const { sender, receivers, register, sendAfter } = await webhookScene({ store }, [204])
    const [endpoint] = await register()
    const id = endpoint?.id ?? ''
    const before = String(await sender.endpoints.secret(id))
    const imported = generateSecret()
    await sender.endpoints.rotate(id, { secret: imported, overlap: 60_000 })
    expect(await sender.endpoints.secret(id)).toBe(imported)
    await sender.publish(invoicePaid, PAID, ANN)
    await sendAfter(0)
    const [during] = receivers[0]?.requests ?? []
    await check(during, before)
    await check(during, imported)
    await sendAfter(60_000)
    await sender.publish(invoicePaid, PAID, ANN)
    await sendAfter(0)
    const after = receivers[0]?.requests[1]
    await check(after, imported)
    await expect(check(after, before)).rejects.toThrow()
    await sender.endpoints.rotate(id, { overlap: 0, ...ANN })
    expect(await sender.endpoints.secret(id)).not.toBe(imported)
    expect(await sender.endpoints.rotate(id, { owner: 'bob' })).toBeUndefined()
  })

  it('parks the deliveries of a disabled endpoint, and sends them in order once it is enabled', async () => {
    const { sender, receivers, register, sendAfter, events } = await webhookScene({ store }, [204])
    const [endpoint] = await register()
    const id = endpoint?.id ?? ''
    expect(await sender.endpoints.disable(id)).toMatchObject({
      state: 'disabled',
      disabledReason: 'application',
    })
    for (const n of [1, 2, 3]) {
      await sender.publish(invoicePaid, { id: `in_${n}`, amount: n }, ANN)
      await sendAfter(1)
    }
    expect(receivers[0]?.requests).toEqual([])
    expect(await sender.deliveries({ state: 'parked' })).toHaveLength(3)
    await sender.endpoints.enable(id)
    await sendAfter(0)
    await sendAfter(1000)
    const sent = receivers[0]?.requests.map(({ body }) => JSON.parse(body).amount)
    expect(sent).toEqual([1, 2, 3])
    expect(events.filter(({ names }) => names.includes('endpoint.recovered'))).toHaveLength(1)
  })

  it('disables an endpoint that responds 410, says so, and replays what it missed', async () => {
    const lines: string[] = []
    const log = {
      debug() {},
      info() {},
      error() {},
      warn: (line: unknown) => void lines.push(String(line)),
    }
    const { sender, receivers, register, sendAfter, events } = await webhookScene(
      { store, log },
      [410, 204],
    )
    const [endpoint] = await register()
    const id = endpoint?.id ?? ''
    await sender.publish(invoicePaid, PAID, ANN)
    await sendAfter(0)
    expect(events.at(-1)).toMatchObject({
      names: ['delivery.dead', 'endpoint.disabled'],
      disabled: 'gone',
    })
    expect(lines.join('\n')).toContain(`the endpoint ${id} is disabled (gone)`)
    expect(await sender.endpoints.get(id)).toMatchObject({ disabledReason: 'gone' })
    expect((await sender.publish(invoicePaid, PAID, ANN)).count).toBe(0)
    await sender.endpoints.enable(id)
    expect(await sender.replay({ endpoint: id, since: 0 }, { owner: 'bob' })).toBe(0)
    expect(await sender.replay({ endpoint: id, since: 0 }, ANN)).toBe(1)
    expect(await sender.recover({ endpoint: id, since: 0, reason: 'exhausted' })).toBe(0)
    expect(await sender.recover({ endpoint: id, since: 0 }, { owner: 'bob' })).toBe(0)
    expect(await sender.recover({ endpoint: id, since: 0 })).toBe(1)
    await sendAfter(0)
    await sendAfter(2000)
    expect(receivers[0]?.requests).toHaveLength(3)
  })

  it('disables an endpoint after five days without a success', async () => {
    const { sender, register, sendAfter, events } = await webhookScene({ store }, [500])
    await register()
    await sender.publish(invoicePaid, PAID, ANN)
    await sendAfter(0)
    await sendAfter(5 * DAY)
    const [event] = events.filter(({ names }) => names.includes('endpoint.disabled'))
    expect(event?.disabled).toBe('failing')
  })

  it('recovers what died in a time range, oldest first, however many there are', async () => {
    const limits = { endpoint: { concurrency: 1 } }
    const scene = await webhookScene({ store, limits }, [204])
    const { sender, receivers, register, clock } = scene
    const [endpoint] = await register()
    const start = clock.now()
    for (let n = 0; n < 205; n += 1) {
      const expiresAt = clock.now() + 5
      await sender.publish(invoicePaid, { id: `in_${n}`, amount: n }, { ...ANN, expiresAt })
      clock.advance(10)
    }
    while ((await sender.deliveries({ state: 'scheduled', limit: 1 })).length > 0) {
      await sender.sendDue()
    }
    expect(receivers[0]?.requests).toEqual([])
    const range = { endpoint: endpoint?.id ?? '', since: start + 10, until: start + 2040 }
    expect(await sender.recover({ ...range, reason: 'exhausted' })).toBe(0)
    expect(await sender.recover({ ...range, reason: 'expired' })).toBe(203)
    await sender.sendDue()
    const ids = receivers[0]?.requests.map(({ body }) => JSON.parse(body).id)
    expect(ids).toEqual([...Array(203).keys()].map((n) => `in_${n + 1}`))
    expect(await sender.deliveries({ state: 'dead' })).toHaveLength(2)
  })

  it('sends a test event once', async () => {
    const { sender, receivers, register, sendAfter } = await webhookScene({ store }, [500])
    const [endpoint] = await register({ events: ['none'] })
    const id = endpoint?.id ?? ''
    expect(await sender.endpoints.test(id, { owner: 'bob' })).toBeUndefined()
    expect(await sender.endpoints.test(id)).toMatchObject({ callback: 'ringback.test' })
    await sendAfter(0)
    expect(JSON.parse(receivers[0]?.requests[0]?.body ?? '')).toEqual({
      type: 'ringback.test',
      endpoint: id,
    })
    expect(await sender.deliveries({ endpoint: id })).toMatchObject([{ state: 'dead' }])
  })

  it('lists endpoints by event in pages, and shows neither secret nor header', async () => {
    const { sender } = await webhookScene({ store })
    for (const n of [1, 2, 3]) {
      await sender.endpoints.create({
        ...ANN,
        url: 'https://a.example.com/',
        externalId: `mine-${n}`,
        events: n === 2 ? ['order.*'] : ['invoice.*'],
        headers: { 'X-Key': 'hunter2' },
        secret: generateSecret(),
      })
    }
    const first = await sender.endpoints.list({ ...ANN, event: 'invoice.paid', limit: 1 })
    expect(first.endpoints).toEqual([
      {
        id: expect.stringMatching(/^ep_[0-9a-f]{32}$/),
        ...ANN,
        url: 'https://a.example.com/',
        externalId: 'mine-3',
        events: ['invoice.*'],
        headerNames: ['x-key'],
        state: 'enabled',
        createdAt: expect.any(Number),
        updatedAt: expect.any(Number),
      },
    ])
    const next = { ...ANN, event: 'invoice.paid', limit: 1, cursor: String(first.cursor) }
    const second = await sender.endpoints.list(next)
    expect(second.endpoints).toMatchObject([{ externalId: 'mine-1' }])
    expect(second).not.toHaveProperty('cursor')
    const [id = ''] = second.endpoints.map((endpoint) => endpoint.id)
    const taken = sender.endpoints.update(id, { externalId: 'mine-3' })
    await expect(taken).rejects.toMatchObject({ code: 'duplicate' })
    const refused = sender.endpoints.update(id, { url: 'http://10.0.0.1/' })
    await expect(refused).rejects.toMatchObject({ code: 'url' })
    const owner = undefined as unknown as string
    await expect(sender.endpoints.get(id, { owner })).rejects.toMatchObject({ code: 'option' })
    expect(await sender.endpoints.delete(id, { owner: 'bob' })).toBe(false)
    expect(await sender.endpoints.delete(id, ANN)).toBe(true)
    expect(await sender.endpoints.get(id)).toBeUndefined()
  })

  it('needs a master key', async () => {
    const sender = createSender({ store: memoryStore(), secrets: [generateSecret()] })
    const created = sender.endpoints.create({ ...ANN, url: 'https://a.example.com/' })
    await expect(created).rejects.toMatchObject({ code: 'option' })
    await expect(created).rejects.toThrow('generateMasterKey()')
    const published = sender.publish(invoicePaid, PAID, ANN)
    await expect(published).rejects.toThrow('master key')
    expect(generateMasterKey()).toHaveLength(44)
  })
})
