import type { RequestListener, ServerResponse } from 'node:http'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { SenderOptions } from '../src/options.ts'
import { message } from './message.ts'
import { scene } from './scene.ts'
import { serve } from './serve.ts'
import { response } from './sink.ts'

const OK = response(200, { 'content-type': 'application/json' }, '{"ok":true}')

/** A sender, and a number of receivers that do not respond before the end, each an endpoint of its own. */
async function attacked(count: number, options: Partial<SenderOptions> = {}) {
  const open = new Set<ServerResponse>()
  let isOver = false
  const hang: RequestListener = (request, response) => {
    request.resume()
    if (isOver) response.destroy()
    else open.add(response)
  }
  const receivers = await Promise.all(Array.from({ length: count }, () => serve(hang)))
  const made = await scene([OK], options)
  const release = () => {
    isOver = true
    for (const response of open) response.destroy()
  }
  onTestFinished(release) // before the sender is stopped
  return { ...made, urls: receivers.map(({ url }) => url), hanging: () => open.size, release }
}

const ofOwner = (url: string, owner: string) => message(url, { owner })

describe('slots', () => {
  it('are never all of one owner, however many of its receivers hang', async () => {
    const { sender, callbacks, receiver, urls, hanging, clock } = await attacked(8)
    await sender.start()
    for (let n = 0; n < 200; n += 1) {
      await callbacks.send(ofOwner(urls[n % urls.length] ?? '', 'mallory'))
    }
    await vi.waitFor(() => expect(hanging()).toBe(56), { timeout: 15_000 })
    await callbacks.send(ofOwner(receiver.url, 'ann'))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 15_000 })
    // and whoever stands in the store when mallory has all that it may have
    for (let n = 0; n < 20; n += 1) await callbacks.send(ofOwner(receiver.url, 'bob'))
    await vi.waitFor(() => expect(receiver.requests).toHaveLength(21), { timeout: 15_000 })
    expect(hanging()).toBe(56)
    clock.advance(10_000)
    await vi.waitFor(() => expect(hanging()).toBe(56), { timeout: 15_000 })
  })

  it('are all used where several owners send', async () => {
    const { sender, callbacks, urls, hanging } = await attacked(8)
    await sender.start()
    for (let n = 0; n < 200; n += 1) {
      await callbacks.send(ofOwner(urls[n % urls.length] ?? '', `owner ${n % 10}`))
    }
    await vi.waitFor(() => expect(hanging()).toBe(64), { timeout: 15_000 })
  })

  it('are one for a sender that makes one request at once', async () => {
    const { sender, callbacks, receiver } = await attacked(0, { concurrency: 1 })
    for (let n = 0; n < 3; n += 1) await callbacks.send(message(receiver.url))
    expect((await sender.sendDue()).sent).toBe(3)
  })
})

describe('calls', () => {
  it('leave the slots of deliveries alone', async () => {
    const { sender, callbacks, receiver, urls, hanging, release } = await attacked(8)
    const calls = Array.from({ length: 56 }, (_, n) =>
      callbacks.call(ofOwner(urls[n % urls.length] ?? '', 'mallory')),
    )
    await vi.waitFor(() => expect(hanging()).toBe(56), { timeout: 15_000 })
    await callbacks.send(ofOwner(receiver.url, 'ann'))
    expect((await sender.sendDue()).sent).toBe(1)
    release()
    await Promise.allSettled(calls)
  })

  it('beyond what one owner may have are refused, and not those of others', async () => {
    const { sender, callbacks, receiver, urls, hanging, release } = await attacked(8)
    const calls = Array.from({ length: 200 }, (_, n) =>
      callbacks.call(ofOwner(urls[n % urls.length] ?? '', 'mallory')),
    )
    const settled = Promise.allSettled(calls)
    await vi.waitFor(() => expect(hanging()).toBe(56), { timeout: 15_000 })
    await expect(calls[199]).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringMatching(/at most 56 calls at once for this owner.*respond 503/),
    })
    expect(await callbacks.call(ofOwner(receiver.url, 'ann'))).toMatchObject({ ok: true })
    expect(await sender.deliveries()).toHaveLength(1) // nothing is left of those that were refused
    release()
    await settled
  })

  it.each([
    [{ endpoint: { concurrency: 3 } }, 3, /at most 3 calls at once for this endpoint/],
    [{ endpoint: { rate: 2 } }, 2, /at most 16 calls at once and 2 a second for this endpoint/],
    [{ owner: { concurrency: 4 } }, 4, /at most 4 calls at once for this owner/],
    [{ owner: { rate: 5 } }, 5, /at most 5 a second for this owner/],
  ])('keep to %j', async (limits, count, sentence) => {
    const { callbacks, urls, hanging, release } = await attacked(1, { limits })
    const calls = Array.from({ length: 10 }, () => callbacks.call(message(urls[0])))
    const settled = Promise.allSettled(calls)
    await vi.waitFor(() => expect(hanging()).toBe(count), { timeout: 15_000 })
    await expect(calls[9]).rejects.toThrow(sentence)
    release()
    const results = await settled
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(count)
  })

  it('may be made again when others have ended', async () => {
    const limits = { endpoint: { concurrency: 2 } }
    const { callbacks, receiver } = await attacked(0, { limits })
    for (let n = 0; n < 5; n += 1) {
      const pair = [1, 2].map(() => callbacks.call(message(receiver.url)))
      for (const { ok } of await Promise.all(pair)) expect(ok).toBe(true)
    }
  })
})
