// Exchanges that outlive their request.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { callback, route } from '@ringback/core'
import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import { createOrder, ordersApp, postTo } from '../test/keep/orders.ts'
import { faultScene } from './faults/fault-scene.ts'

const PROGRAM = fileURLToPath(new URL('../test/keep/resume-process.ts', import.meta.url))

async function setUp(options: Parameters<typeof faultScene>[1] = {}) {
  const scene = await faultScene([204], options)
  const app = ordersApp(scene.sender)
  return { ...scene, order: () => postTo(app, '/orders', scene.receiver.url) }
}

describe('an exchange that is kept', () => {
  it('is resumed by another process, and sent to the URL of the request', async () => {
    const { path, receiver, order, latest, sendAfter } = await setUp()
    expect((await order()).status).toBe(204)
    const env = { ...process.env, DATABASE: path, KEY: 'order-1' }
    const { stdout, stderr } = spawnSync(process.execPath, [PROGRAM], { env, encoding: 'utf8' })
    expect([stdout, stderr]).toEqual(['scheduled', ''])
    // the process stored it at the real time, which this clock has not reached
    expect(await sendAfter(100 * 365 * 24 * 3_600_000)).toBe(1)
    expect(receiver.requests[0]).toMatchObject({ path: '/order-1', body: '{"amount":12}' })
    expect(await latest()).toMatchObject({ exchangeKey: 'order-1', operationId: 'postOrders' })
  })

  it('has every callback of the operation, to send repeatedly, prepare and call', async () => {
    const { sender, receiver, order, sendAfter } = await setUp()
    await order()
    const callbacks = sender.resume(createOrder, 'order-1')
    await callbacks.nudged.send({ dedupeKey: 'a' })
    await callbacks.nudged.send({ dedupeKey: 'a' })
    await callbacks.paid.send({ amount: 1 })
    expect((await callbacks.paid.prepare({ amount: 2 })).delivery.state).toBe('scheduled')
    expect(await sendAfter(0)).toBe(2)
    expect(await callbacks.paid.call({ amount: 3 })).toMatchObject({ ok: true })
    expect(receiver.requests.map(({ path }) => path).sort()).toEqual([
      '/nudge',
      '/order-1',
      '/order-1',
    ])
  })

  it('is never overwritten: keeping a second is an error', async () => {
    const { sender, order } = await setUp()
    await order()
    const error = vi.spyOn(console, 'error').mockReturnValueOnce()
    expect((await order()).status).toBe(500)
    expect(error.mock.calls).toMatchObject([[{ code: 'kept' }]])
    error.mockRestore()
    expect((await sender.resume(createOrder, 'order-1').nudged.send()).state).toBe('scheduled')
  })

  it.each([
    ['no such key', 'order-2', undefined],
    ['another owner', 'order-1', 'ann'],
  ])('is not found for %s', async (_, key, owner) => {
    const { sender, order } = await setUp()
    await order()
    const resumed = sender.resume(createOrder, key, owner === undefined ? {} : { owner })
    await expect(resumed.paid.send({ amount: 1 })).rejects.toMatchObject({
      code: 'unknown',
      message: `no exchange is kept under '${key}' for 'postOrders' and the owner '${owner ?? 'default'}': it was never kept, or has been erased`,
    })
  })

  it('does not have a callback that the operation has declared since', async () => {
    const { sender, order } = await setUp()
    await order()
    const newer = route('post', '/orders')
      .callback('late', callback('post', 'https://a.example').response(204))
      .handle((c) => c.body(null, 204) as never)
    await expect(sender.resume(newer, 'order-1').late.send()).rejects.toMatchObject({
      code: 'unknown',
      message: expect.stringContaining("is older than the callback 'late'"),
    })
  })

  it('leaves an unresolvable delivery when the callback now reads more, and skips nothing', async () => {
    const { sender, order } = await setUp()
    await order()
    const newer = route('post', '/orders')
      .query(v.object({ callback_url: v.string(), tag: v.optional(v.string()) }))
      .callback(
        'nudged',
        callback('post', '{$request.query.callback_url}/{$request.query.tag}').response(204),
      )
      .handle((c) => c.body(null, 204) as never)
    const { state } = await sender.resume(newer, 'order-1').nudged.send()
    expect(state).toBe('unresolvable')
  })

  it('is forgotten only by a given key or owner', async () => {
    const { sender, order } = await setUp()
    await order()
    for (const which of [{}, { key: undefined }, { owner: undefined, key: 'order-1' }]) {
      await expect(sender.forget(which as never)).rejects.toMatchObject({ code: 'option' })
    }
    expect(await sender.forget({ key: 'order-1' })).toBe(1)
  })

  it('holds only what its URLs read, and is forgotten with the deliveries sent from it', async () => {
    const { path, sender, order, sendAfter, store } = await setUp()
    const bytes = () => [path, `${path}-wal`].map((file) => readFileSync(file, 'latin1')).join('')
    await order()
    expect(bytes()).toContain('order-1')
    expect(bytes()).not.toContain('hunter2')
    await sender.resume(createOrder, 'order-1').paid.send({ amount: 12 })
    await sendAfter(0)
    expect(await sender.forget({ key: 'order-1', owner: 'ann' })).toBe(0)
    expect(await sender.forget({ key: 'order-1' })).toBe(2)
    expect(await store.query()).toEqual([])
    expect(bytes()).not.toContain('order-1')
    expect((await order()).status).toBe(204)
    expect(await sender.forget({ owner: 'default' })).toBe(1)
  })

  it('is shown with its key by inspect, to its owner', async () => {
    const { sender, receiver, order } = await setUp()
    await order()
    const { id } = await sender.resume(createOrder, 'order-1').paid.send({ amount: 12 })
    const inspected = await sender.inspect(id)
    expect(inspected).toMatchObject({
      id,
      state: 'scheduled',
      attempts: [],
      contentType: 'application/json',
      headers: {},
      key: '{$request.query.callback_url}/{$request.body#/id}',
      exchange: { request: { body: { id: 'order-1' } } },
    })
    expect(new TextDecoder().decode(inspected?.payload)).toBe('{"amount":12}')
    expect(inspected?.exchange?.request.url).toContain(encodeURIComponent(receiver.url))
    expect(JSON.stringify(inspected)).not.toContain('hunter2')
    expect(await sender.inspect(id, { owner: 'ann' })).toBeUndefined()
    expect(await sender.inspect('msg_none')).toBeUndefined()
    await expect(sender.inspect(id, { owner: undefined } as never)).rejects.toThrow(/undefined/)
  })

  it('is erased after the retention of exchanges', async () => {
    const { sender, order, sendAfter } = await setUp({ retention: { exchangeAge: 3_600_000 } })
    await order()
    await sendAfter(3_600_000)
    expect((await sender.resume(createOrder, 'order-1').nudged.send()).state).toBe('scheduled')
    await sendAfter(3_600_000)
    await expect(sender.resume(createOrder, 'order-1').nudged.send()).rejects.toMatchObject({
      code: 'unknown',
    })
  })

  it('needs a key that is not empty, and callbacks', async () => {
    const { callbacks } = await setUp()
    await expect(
      callbacks.keepExchange({
        owner: 'a',
        operationId: 'b',
        key: '',
        callbacks: {},
        validated: [],
      }),
    ).rejects.toMatchObject({ code: 'option' })
    const bare = route('get', '/')
      .response(200, v.string())
      .handle(async (c, { exchange }) => {
        await exchange.keep('a')
        return c.json('', 200)
      })
    const [handler] = bare.handlers
    const context = { req: { valid: () => ({}) }, get: () => undefined }
    await expect(handler(context as never, async () => {})).rejects.toThrow(/has no callbacks/)
  })
})
