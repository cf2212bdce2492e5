// The records of attempts, and how long they are kept.

import { callback } from '@ringback/core'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { memoryStore } from '../src/store/memory/memory-store.ts'
import { message, operationCallback } from './message.ts'
import { scene } from './scene.ts'
import { response, sink } from './sink.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

describe('the record of an attempt', () => {
  it('has the status, the headers without cookies, and the start of the body', async () => {
    const headers = { ...JSON_TYPE, 'set-cookie': 'sid=1', 'x-request-id': 'r1' }
    const { sender, callbacks, receiver, sendAfter } = await scene([
      response(500, headers, 'x'.repeat(3000)),
    ])
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    const [record] = await sender.deliveries()
    expect(record?.attempts).toEqual([
      {
        startedAt: 1_700_000_000_000,
        duration: 0,
        status: 500,
        reason: 'status',
        detail: 'the receiver responded 500',
        bytes: 3000,
        response: {
          headers: { ...JSON_TYPE, 'content-length': '3000', 'x-request-id': 'r1' },
          body: 'x'.repeat(1024),
        },
      },
    ])
  })

  it('says that a body was capped', async () => {
    const { sender, callbacks, receiver, sendAfter } = await scene([
      response(200, {}, 'x'.repeat(300_000)),
    ])
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    const [record] = await sender.deliveries()
    expect(record?.attempts).toMatchObject([{ status: 200, bytes: 65_536, body: 'capped' }])
  })

  it('keeps at most 4 KiB of headers', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, n) => [`x-${n}`, 'x'.repeat(100)]),
    )
    const { sender, callbacks, receiver, sendAfter } = await scene([response(200, many)])
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    const [record] = await sender.deliveries()
    expect(JSON.stringify(record?.attempts[0]?.response?.headers).length).toBeLessThan(5000)
  })

  it.each([
    ['nothing of a response', () => undefined, undefined],
    [
      'what is left of it',
      ({ headers }: { headers: object }) => ({ headers: { ...headers }, body: '' }),
      { headers: { 'content-length': '6' }, body: '' },
    ],
  ])('keeps %s with such a redact', async (_, redact, kept) => {
    const { sender, callbacks, receiver, sendAfter } = await scene([response(500, {}, 'secret')], {
      redact,
    })
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    const [record] = await sender.deliveries()
    expect(record?.attempts[0]?.response).toEqual(kept)
    expect(JSON.stringify(record)).not.toContain('secret')
  })

  it.each([
    ['does not match its schema', response(200, JSON_TYPE, '{"ok":1}')],
    ['is no JSON', response(200, JSON_TYPE, 'OK')],
    ['is a status that is not declared', response(204)],
  ])('marks the attempt of a 2xx that %s, and is delivered', async (_, play) => {
    const { sender, callbacks, receiver, sendAfter } = await scene([play])
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    const [record] = await sender.deliveries()
    expect(record).toMatchObject({ state: 'delivered', attempts: [{ reason: 'declaration' }] })
    expect(record?.detail).toMatch(/declar/)
  })

  it('delivers once where the schema throws, such as for a response that is nested deeply', async () => {
    type Tree = readonly Tree[]
    const Tree: v.GenericSchema<Tree> = v.array(v.lazy(() => Tree))
    const sent = operationCallback(callback('post', 'https://a.example').response(200, Tree))
    const deep = '['.repeat(20_000) + ']'.repeat(20_000)
    const { sender, callbacks, receiver, sendAfter } = await scene([
      response(200, JSON_TYPE, deep),
      response(200, JSON_TYPE, deep),
    ])
    const own = { ...sent, template: message(undefined).callback.template }
    await callbacks.send(message(receiver.url, { callback: own, payload: undefined }))
    await sendAfter(0)
    await callbacks.call(message(receiver.url, { callback: own, payload: undefined }))
    const delivered = { state: 'delivered', attempts: [{ status: 200, reason: 'declaration' }] }
    expect(await sender.deliveries()).toMatchObject([delivered, delivered])
  })

  it('records only the host of a redirect', async () => {
    const location = { location: 'https://www.other.example/secret?token=1' }
    const { sender, callbacks, receiver, sendAfter } = await scene([response(302, location)])
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    const [record] = await sender.deliveries()
    expect(record?.detail).toBe(
      'the receiver redirected with 302 to www.other.example: redirects are never followed',
    )
  })
})

describe('retention', () => {
  it('erases old final deliveries, and none that is still to be sent', async () => {
    const retention = { age: 60_000 }
    const { sender, callbacks, receiver, sendAfter } = await scene([response(204)], { retention })
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    const { id } = await callbacks.send(message(receiver.url, { options: { delay: 10_000_000 } }))
    await sendAfter(60_000)
    expect(await sender.deliveries()).toHaveLength(2)
    await sendAfter(540_001) // cleaned every ten minutes
    expect(await sender.deliveries()).toMatchObject([{ id, state: 'scheduled' }])
  })

  it("goes by the store's clock, not by that of a process ten minutes ahead", async () => {
    const retention = { age: 60_000, exchangeAge: 60_000 }
    const store = memoryStore({ clock: { now: () => 1_700_000_000_000 } })
    const { sender, callbacks, receiver, sendAfter } = await scene([response(204)], {
      retention,
      store,
    })
    const place = { owner: 'default', operationId: 'postInvoices', key: 'a' }
    await store.keepExchange({ ...place, callbacks: {}, validated: [] })
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    await sendAfter(600_001)
    expect(await sender.deliveries()).toHaveLength(1)
    expect(await store.findExchange(place)).toBeDefined()
  })

  it('erases the oldest final deliveries beyond the count', async () => {
    const { sender, callbacks, receiver, sendAfter } = await scene([response(204)], {
      retention: { count: 2 },
    })
    for (let n = 0; n < 4; n += 1) await callbacks.send(message(receiver.url))
    await sendAfter(0)
    await sendAfter(600_001)
    expect(await sender.deliveries()).toHaveLength(2)
  })
})

describe('forget', () => {
  it("erases an owner's deliveries that have ended, and says how many", async () => {
    const { sender, callbacks, receiver, sendAfter } = await scene([response(204)])
    const other = await sink(response(204))
    await callbacks.send(message(receiver.url, { owner: 'ann' }))
    await callbacks.send(message(receiver.url, { owner: 'bob' }))
    await sendAfter(0)
    const live = await callbacks.send(message(other.url, { owner: 'ann', options: { delay: 1 } }))
    expect(await sender.forget({ owner: 'ann' })).toBe(1)
    expect(await sender.deliveries({ owner: 'ann' })).toMatchObject([{ id: live.id }])
    await sender.cancel(live.id)
    expect(await sender.forget({ id: live.id })).toBe(1)
    expect(await sender.deliveries()).toMatchObject([{ owner: 'bob' }])
    await other.close()
  })
})
