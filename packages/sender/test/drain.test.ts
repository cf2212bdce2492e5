// What wakes a sender, what holds it up, and what it says of the time.
import { callback, route } from '@ringback/core'
import * as v from 'valibot'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createSender } from '../src/sender.ts'
import { memoryStore } from '../src/store/memory/memory-store.ts'
import { guardedFetch } from '../src/transport/node/index.ts'
import { manualClock } from './manual-clock.ts'
import { message } from './message.ts'
import { policy, scene, secrets } from './scene.ts'
import { response, sink } from './sink.ts'

it('sends what becomes due while a request hangs, in one sendDue', async () => {
  const { receiver, sender, callbacks, clock } = await scene([{ hang: true }])
  const healthy = await sink(response(204))
  onTestFinished(() => healthy.close())
  await callbacks.send(message(receiver.url))
  await callbacks.send(message(healthy.url, { options: { delay: 2000 } }))
  const sending = sender.sendDue()
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 15_000 })
  await vi.waitFor(
    () => {
      clock.advance(500)
      expect(healthy.requests).toHaveLength(1)
    },
    { timeout: 15_000 },
  )
  // stored now, and due now
  await callbacks.send(message(healthy.url))
  await vi.waitFor(() => expect(healthy.requests).toHaveLength(2), { timeout: 15_000 })
  expect(receiver.requests).toHaveLength(1)
  await receiver.close()
  expect(await sending).toMatchObject({ sent: 3 })
})

it('says when something is due again: a retry, an expiry, or the end of a lease', async () => {
  const { receiver, sender, callbacks, store, clock } = await scene([response(500)])
  expect(await sender.sendDue()).toEqual({ sent: 0 })
  await callbacks.send(message(receiver.url))
  expect(await sender.sendDue()).toEqual({ sent: 1, nextAt: clock.now() + 5000 })
  const expiresAt = clock.now() + 900
  await callbacks.send(message(receiver.url, { options: { delay: 4000, expiresAt } }))
  expect(await sender.sendDue()).toEqual({ sent: 0, nextAt: expiresAt })
  await callbacks.send(message(receiver.url))
  await store.claim({ limit: 1, lease: 700 })
  expect(await sender.sendDue()).toEqual({ sent: 0, nextAt: clock.now() + 700 })
})

it('is woken by its store when another process has stored something', async () => {
  const clock = manualClock()
  const store = memoryStore({ clock })
  let wake = () => {}
  const onWake = vi.fn((given: () => void) => {
    wake = given
    return () => {
      wake = () => {}
    }
  })
  const { receiver, sender } = await scene([response(204)], { clock, store: { ...store, onWake } })
  await sender.start()
  const fetch = guardedFetch({ policy })
  onTestFinished(() => fetch.close())
  const other = createSender({ store, secrets, clock, fetch, log: false })
  await other['~callbacks'].send(message(receiver.url))
  wake()
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 15_000 })
  const given = wake
  await sender.stop()
  expect([onWake.mock.calls.length, wake === given]).toEqual([1, false])
})

it('knows the contracts of operations that it is given', async () => {
  const event = callback('post', '{$request.body#/url}').response(
    200,
    v.object({ ok: v.boolean() }),
  )
  const operation = route('post', '/')
    .body(v.object({ url: v.string() }))
    .response(204)
    .callback('event', event)
    .handle((c) => c.body(null, 204))
  const { store, receiver, callbacks, clock } = await scene([response(200, {}, 'no')])
  const { operationId } = operation
  const fetch = guardedFetch({ policy })
  onTestFinished(() => fetch.close())
  await callbacks.send(message(receiver.url, { operationId, name: 'event' }))
  const options = { store, secrets, clock, fetch, log: false } as const
  const knowing = createSender({ ...options, operations: [operation] })
  await knowing.sendDue()
  expect(await knowing.deliveries()).toMatchObject([
    { state: 'delivered', attempts: [{ reason: 'declaration' }] },
  ])
})

it('refuses filters that would select the deliveries of everybody', async () => {
  const { sender, callbacks, receiver } = await scene([response(204)])
  const { id } = await callbacks.send(message(receiver.url, { owner: 'ann' }))
  // a caller without types, whose owner is not known
  const nobody = { owner: undefined } as unknown as { owner: string }
  const refused = {
    code: 'option',
    message: expect.stringMatching(/^owner (?:of \w+ )?is undefined/),
  }
  await expect(sender.deliveries(nobody)).rejects.toMatchObject(refused)
  await expect(sender.cancel(id, nobody)).rejects.toMatchObject(refused)
  await expect(sender.redrive(id, nobody)).rejects.toMatchObject(refused)
  await expect(sender.cancel(id, { owner: 'bob' })).rejects.toMatchObject({ code: 'unknown' })
  await expect(sender.redrive(id, { owner: 'bob' })).rejects.toMatchObject({ code: 'unknown' })
  expect(await sender.cancel(id, { owner: 'ann' })).toMatchObject({ state: 'cancelled' })
})

it.each(['\ud800', 'a\udbff'])(
  'refuses the owner %j, which no store can tell from another',
  async (owner) => {
    const { callbacks, receiver, store } = await scene([response(204)])
    await expect(callbacks.send(message(receiver.url, { owner }))).rejects.toMatchObject({
      code: 'option',
    })
    expect(await store.query()).toEqual([])
  },
)

it.each([2 ** 53, Number.MAX_SAFE_INTEGER, Number.NaN, -1])(
  'refuses the times %d',
  async (time) => {
    const { callbacks, receiver, store } = await scene([response(204)])
    for (const options of [{ delay: time }, { expiresAt: time }]) {
      await expect(callbacks.send(message(receiver.url, { options }))).rejects.toMatchObject({
        code: 'option',
      })
    }
    expect(await store.query()).toEqual([])
  },
)
