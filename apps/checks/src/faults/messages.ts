import { callback, route } from '@ringback/core'
import { createSender, memoryStore } from '@ringback/sender'
import * as v from 'valibot'
import { expect } from 'vitest'
import { messageTo } from './callback-message.ts'
import { type Faults, faultScene, SECRET } from './fault-scene.ts'

/** Faults of messages, URLs and secrets. */
export const MESSAGES: Faults = {
  async 'secret rotated while retries wait'() {
    const next = `whsec_${Buffer.alloc(32, 'next').toString('base64')}`
    let live: readonly string[] = [SECRET]
    const { send, sendAfter, receiver } = await faultScene([500], { secrets: () => live })
    await send()
    await sendAfter(0)
    live = [next, SECRET] // the overlap, newest first
    await sendAfter(5000)
    live = [next]
    await sendAfter(30_000)
    const counts = receiver.requests.map(
      ({ headers }) => headers['webhook-signature']?.split(' ').length,
    )
    expect(counts).toEqual([1, 2, 1])
  },

  async 'same idempotency key enqueued twice'() {
    const { send, sendAfter, receiver } = await faultScene([200])
    const options = { dedupeKey: 'invoice-17' }
    const sent = await Promise.all([1, 2, 3].map(() => send({ options })))
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
    const other = send({ options, payload: { paid: false } })
    await expect(other).rejects.toMatchObject({ code: 'dedupe' })
    await sendAfter(0)
    expect(receiver.requests).toHaveLength(1)
  },

  async 'expression resolves to nothing / non-string / relative url'() {
    const { send, sendAfter, receiver } = await faultScene([200])
    for (const url of ['', '/relative', 'undefined', '[object Object]']) {
      expect(await send({ url })).toMatchObject({ state: 'unresolvable' })
    }
    await sendAfter(0)
    expect(receiver.connections()).toBe(0)
  },

  async 'url blocked by policy at registration'() {
    const { send, sendAfter, latest } = await faultScene([200])
    await send({ url: 'http://169.254.169.254/latest/meta-data' })
    expect(await sendAfter(0)).toBe(0)
    expect(await latest()).toMatchObject({ state: 'dead', reason: 'blocked', attemptCount: 0 })
  },

  async 'url becomes blocked at send (rebinding)'() {
    const { receiver, send, sendAfter, latest } = await faultScene([500], {
      names: [['127.0.0.1'], ['10.0.0.1']],
    })
    await send({ url: receiver.url.replace('127.0.0.1', 'receiver.example') })
    await sendAfter(0)
    expect(receiver.requests.map(({ localAddress }) => localAddress)).toEqual(['127.0.0.1'])
    await receiver.close() // so that each attempt needs a new connection
    for (const wait of [5000, 30_000, 120_000]) await sendAfter(wait)
    expect(await latest()).toMatchObject({ state: 'dead', reason: 'blocked', attemptCount: 4 })
    expect(receiver.connections()).toBe(1)
  },

  async 'guard not effective on this runtime (Bun ignores dispatcher, bun#38840)'() {
    const unguarded: typeof fetch = (input) => fetch(input) // ignores its init, with the dispatcher
    const options = { store: memoryStore(), secrets: [SECRET], fetch: unguarded, policy: {} }
    await expect(createSender(options).start()).rejects.toMatchObject({ code: 'egress' })
    const declared = createSender({ ...options, egress: 'proxy' })
    await declared.start()
    await declared.stop()
  },

  async 'payload larger than limit'() {
    const payload = { paid: true }
    const size = JSON.stringify(payload).length
    const { send } = await faultScene([200], { payloadLimit: size })
    expect(await send({ payload })).toMatchObject({ state: 'scheduled' })
    const smaller = await faultScene([200], { payloadLimit: size - 1 })
    await expect(smaller.send({ payload })).rejects.toMatchObject({
      code: 'payload',
      message: expect.stringContaining(`${size} bytes`),
    })
  },

  async 'payload schema no longer matches contract'() {
    const { send, sender } = await faultScene([200])
    await expect(send({ payload: { paid: 'yes' } })).rejects.toMatchObject({ code: 'payload' })
    expect(await sender.deliveries()).toEqual([])
  },

  async 'BigInt / undefined / Date / key order in body'() {
    const event = callback('post', '{$request.query.url}').body(v.any())
    const operation = route('post', '/')
      .query(v.object({ url: v.string() }))
      .callback('it', event)
    const declared = operation['~definition'].callbacks.it
    if (declared === undefined) throw new Error('the operation has no callback')
    const { receiver, sender, sendAfter } = await faultScene([500, 500, 200])
    const given = (payload: unknown) => messageTo(receiver.url, { callback: declared, payload })
    await expect(sender['~callbacks'].send(given({ n: 1n }))).rejects.toMatchObject({
      code: 'payload',
    })

    const payload = { b: 1, a: undefined, at: new Date(0), '2': 'x', '1': 'y' }
    const bytes = JSON.stringify(payload)
    await sender['~callbacks'].send(given(payload))
    for (const wait of [0, 5000, 30_000]) {
      Object.assign(payload, { b: 2 }) // the payload may change, the stored bytes do not
      await sendAfter(wait)
    }
    expect(receiver.requests.map(({ body }) => body)).toEqual([bytes, bytes, bytes])
  },
}
