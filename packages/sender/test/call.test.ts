import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { callback } from '@ringback/core'
import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import { message, operationCallback } from './message.ts'
import { scene } from './scene.ts'
import { response } from './sink.ts'

const OK = response(200, { 'content-type': 'application/json' }, '{"ok":true}')

describe('call', () => {
  it('gives the validated response, and records the attempt', async () => {
    const { receiver, sender, callbacks, states } = await scene([OK])
    expect(await callbacks.call(message(receiver.url))).toMatchObject({
      ok: true,
      response: { status: 200, body: { ok: true } },
      delivery: { state: 'delivered', attemptCount: 1 },
    })
    expect(await sender.deliveries()).toMatchObject([
      { state: 'delivered', attempts: [{ status: 200 }] },
    ])
    expect(states()).toEqual(['delivered'])
  })

  it.each([
    ['a status that is not declared', response(202), /202, which the callback does not declare/],
    [
      'a body that breaks its schema',
      response(200, {}, '{"ok":1}'),
      /does not match its declaration/,
    ],
    ['a body that is not JSON', response(200, {}, '<html>'), /does not match its declaration/],
    ['no response', { reset: true } as const, /no response/],
  ])('is not ok after %s, and is never retried', async (_, play, detail) => {
    const { receiver, sender, callbacks, clock } = await scene([play])
    const result = await callbacks.call(message(receiver.url))
    expect(result).toMatchObject({ ok: false, detail: expect.stringMatching(detail) })
    clock.advance(10_000_000)
    expect((await sender.sendDue()).sent).toBe(0)
    expect(receiver.requests).toHaveLength(1)
  })

  it.each([
    ['br', brotliCompressSync('{"ok":true}'), /encoded as br, although .* identity/],
    ['zstd', Buffer.from('KLUv/SAL', 'base64'), /encoded as zstd, although .* identity/],
    ['gzip, br', brotliCompressSync(gzipSync('{"ok":true}')), /encoded as gzip, br/],
    ['gzip', Buffer.from('{"ok":true}'), /cut off, or is not encoded as it says/],
  ])('says that a response is encoded as %s', async (encoding, bytes, detail) => {
    const play = response(200, { 'content-encoding': encoding }, bytes.toString('latin1'))
    const { receiver, sender, callbacks } = await scene([play])
    expect(await callbacks.call(message(receiver.url))).toMatchObject({
      ok: false,
      detail: expect.stringMatching(detail),
      delivery: { state: 'delivered' },
    })
    const [record] = await sender.deliveries()
    expect(record?.attempts[0]).toMatchObject({ status: 200, response: { body: '' } })
  })

  it.each([
    ['gzip', gzipSync('{"ok":true}')],
    ['deflate', deflateSync('{"ok":true}')],
    ['Identity', Buffer.from('{"ok":true}')],
  ])('reads a response that is encoded as %s', async (encoding, bytes) => {
    const play = response(200, { 'content-encoding': encoding }, bytes.toString('latin1'))
    const { receiver, callbacks } = await scene([play])
    expect(await callbacks.call(message(receiver.url))).toMatchObject({
      ok: true,
      response: { body: { ok: true } },
    })
  })

  it('names a 100 Continue that was not asked for, and accepts other informational ones', async () => {
    const final = response(200, {}, '{"ok":true}')
    const { receiver, callbacks } = await scene([
      `HTTP/1.1 100 Continue\r\n\r\n${final}`,
      `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n${final}`,
    ])
    expect(await callbacks.call(message(receiver.url))).toMatchObject({
      ok: false,
      detail: 'no response: UNEXPECTED_100_CONTINUE',
    })
    expect(await callbacks.call(message(receiver.url))).toMatchObject({ ok: true })
  })

  it('records that a 2xx is not as declared, as a delivery that is sent later does', async () => {
    const { receiver, sender, callbacks } = await scene([response(200, {}, '{"ok":1}')])
    expect(await callbacks.call(message(receiver.url))).toMatchObject({ ok: false })
    const [record] = await sender.deliveries()
    expect(record).toMatchObject({
      state: 'delivered',
      detail: expect.stringContaining('does not match its declaration'),
      attempts: [{ status: 200, reason: 'declaration' }],
    })
  })

  it('has typed responses for declared failures as well', async () => {
    const { receiver, callbacks } = await scene([response(404)])
    const event = operationCallback(
      callback('post', `${receiver.url}/x`).body(v.any()).response(404),
    )
    expect(await callbacks.call(message('x', { callback: event }))).toMatchObject({
      ok: true,
      response: { status: 404 },
      delivery: { state: 'dead', reason: 'exhausted' },
    })
  })

  it('makes no request without a URL', async () => {
    const { callbacks } = await scene([OK])
    expect(await callbacks.call(message(undefined))).toMatchObject({
      ok: false,
      delivery: { state: 'skipped' },
    })
  })

  it("ends with the request's own signal", async () => {
    const { receiver, callbacks } = await scene([{ hang: true }])
    const controller = new AbortController()
    const calling = callbacks.call(message(receiver.url), controller.signal)
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 15_000 })
    controller.abort()
    expect(await calling).toMatchObject({ ok: false })
  })
})
