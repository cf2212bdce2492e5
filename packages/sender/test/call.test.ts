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
    expect(await sender.sendDue()).toBe(0)
    expect(receiver.requests).toHaveLength(1)
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
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1))
    controller.abort()
    expect(await calling).toMatchObject({ ok: false })
  })
})
