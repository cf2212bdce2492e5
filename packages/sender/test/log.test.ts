import { webhook } from '@ringback/core'
import { describe, expect, it, vi } from 'vitest'
import { generateMasterKey } from '../src/endpoints/generate-master-key.ts'
import type { Log } from '../src/operate/log.ts'
import { createSender } from '../src/sender.ts'
import type { EnqueueResult, StoredDelivery } from '../src/store/delivery-store.ts'
import type { StoredMessage } from '../src/store/endpoint-store.ts'
import { memoryStore } from '../src/store/memory/memory-store.ts'
import { guardedFetch } from '../src/transport/node/index.ts'
import { manualClock } from './manual-clock.ts'
import { message } from './message.ts'
import { policy, scene, secrets } from './scene.ts'
import { response } from './sink.ts'

function recorder() {
  const lines: string[] = []
  const take = (level: string) => (entry: string | Error) => void lines.push(`${level} ${entry}`)
  const log: Log = {
    debug: take('debug'),
    info: take('info'),
    warn: take('warn'),
    error: take('error'),
  }
  return { log, lines, warnings: () => lines.filter((line) => line.startsWith('warn')) }
}

describe('log', () => {
  it.each([
    ['http://10.1.2.3:9000/t0ken', 'is dead (blocked): the egress policy refuses'],
    ['ftp://10.1.2.3/t0ken', 'has no usable URL'],
  ])('has one line for %s, without its address', async (url, sentence) => {
    const { log, lines, warnings } = recorder()
    const { callbacks } = await scene([response(204)], { log })
    const { id } = await callbacks.send(message(url))
    expect(warnings()).toEqual([
      expect.stringContaining(
        `ringback: the delivery ${id} of the callback 'invoiceNotification' ${sentence}`,
      ),
    ])
    expect(warnings().join()).not.toMatch(/10\.1\.2\.3|t0ken|Payment/)
    expect(lines.join()).not.toMatch(/t0ken|Payment/)
  })

  it.each([
    'http://localhost:9000/events',
    'https://127.0.0.1/',
    'http://[::1]:9000',
    'http://api.localhost:9000',
  ])('names the option that permits %s', async (url) => {
    const { log, lines, warnings } = recorder()
    const { callbacks } = await scene([response(204)], { log, policy: {} })
    await callbacks.send(message(url))
    expect(warnings()).toEqual([
      expect.stringMatching(
        /is dead \(blocked\): .*guardedFetch\(\{ policy: \{ allowLoopback: true/,
      ),
    ])
    expect(lines[0]).not.toMatch(/localhost|127|::1/)
  })

  it('does not name it for a target that it does not permit', async () => {
    const { log, warnings } = recorder()
    const { callbacks } = await scene([response(204)], { log, policy: {} })
    for (const url of ['https://10.0.0.1', 'http://0.0.0.0:9000', 'http://example.com']) {
      await callbacks.send(message(url))
    }
    expect(warnings()).toHaveLength(3)
    expect(warnings().join()).not.toContain('allowLoopback')
  })

  it('has a line for a delivery that is dead after its attempts, with the last status', async () => {
    const { log, warnings } = recorder()
    const { receiver, callbacks, sendAfter } = await scene([response(500)], { log, schedule: [0] })
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    expect(warnings()).toEqual([expect.stringContaining('is dead (exhausted, last with 500): ')])
    expect(warnings().join()).not.toContain('127.0.0.1')
  })

  it('has one line for an endpoint that is held', async () => {
    const { log, warnings } = recorder()
    const { receiver, callbacks, sendAfter } = await scene([response(500)], { log })
    for (let sent = 0; sent < 10; sent += 1) await callbacks.send(message(receiver.url))
    await sendAfter(0)
    expect(warnings()).toEqual([
      expect.stringMatching(/ has led to a hold of its endpoint until 2023-.*Z, last with 500, /),
    ])
  })

  it('warns once when deliveries wait and nothing was started', async () => {
    const { log, warnings } = recorder()
    const { receiver, callbacks, clock } = await scene([response(204)], { log })
    for (const _ of [1, 2]) {
      await callbacks.send(message(receiver.url))
      clock.advance(5000)
      await vi.waitFor(() => expect(warnings()).toHaveLength(1), { timeout: 15_000 })
    }
    expect(warnings()).toEqual([expect.stringContaining('call sender.start()')])
  })

  it('does not warn where the store sends by itself', async () => {
    const { log, warnings } = recorder()
    const store = { ...memoryStore(), sendsByItself: true }
    const { receiver, callbacks, clock } = await scene([response(204)], { log, store })
    const find = vi.spyOn(store, 'find')
    await callbacks.send(message(receiver.url))
    clock.advance(5000)
    expect(find).not.toHaveBeenCalled()
    expect(warnings()).toEqual([])
  })

  it('warns as well after prepare and after redrive', async () => {
    for (const way of ['prepare', 'redrive'] as const) {
      const { log, warnings } = recorder()
      const memory = memoryStore({ clock: { now: () => 1_700_000_000_000 } })
      // a store that can write in a transaction of the caller
      const enqueueIn = (_: unknown, delivery: StoredDelivery): EnqueueResult => {
        void memory.enqueue(delivery)
        return { kind: 'stored', delivery }
      }
      const { receiver, callbacks, sender, clock } = await scene([response(204)], {
        log,
        store: { ...memory, enqueueIn },
      })
      if (way === 'prepare') {
        const prepared = await callbacks.prepare(message(receiver.url))
        prepared.enqueue({})
      } else {
        // delivered by another process, and redriven by this one
        const { id } = await callbacks.send(message(receiver.url))
        const [claimed] = (await memory.claim({ limit: 1, lease: 100 })).deliveries
        const end = { state: 'dead', reason: 'exhausted', attemptCount: 3, refusals: 0 } as const
        if (claimed) await memory.commit(claimed, end)
        clock.advance(5000)
        expect(warnings()).toEqual([])
        await sender.redrive(id)
      }
      clock.advance(5000)
      await vi.waitFor(() => expect(warnings()).toHaveLength(1), { timeout: 15_000 })
      expect(warnings()[0]).toContain('call sender.start()')
    }
  })

  it.each([...['publish', 'preparePublish', 'recover', 'replay', 'test']] as const)(
    'warns as well after %s',
    async (way) => {
      const { log, warnings } = recorder()
      const clock = manualClock()
      const memory = memoryStore({ clock })
      // a store that can write in a transaction of the caller
      const publishIn: typeof memory.endpoints.publish = (message, patterns) =>
        memory.endpoints.publish(message, patterns)
      const endpoints = {
        ...memory.endpoints,
        publishIn: (_: unknown, message: StoredMessage, patterns: readonly string[]) =>
          publishIn(message, patterns),
      }
      const store = { ...memory, endpoints }
      const options = { masterKey: generateMasterKey(), schedule: [0], store, clock }
      const { sender, receiver } = await scene([response(500)], { ...options, log })
      const owner = 'ann'
      const paid = webhook('post', 'paid').response(204)
      const publishOnce = () => sender.publish(paid, undefined, { owner })
      const since = clock.now()
      if (way === 'replay') await publishOnce()
      const { id: endpoint } = await sender.endpoints.create({ owner, url: receiver.url })
      if (way === 'recover') {
        // published, and failed, by another process
        const other = createSender({
          ...options,
          secrets,
          fetch: guardedFetch({ policy }),
          log: false,
        })
        await other.publish(paid, undefined, { owner })
        await other.sendDue()
        expect(await sender.recover({ endpoint, since })).toBe(1)
      }
      if (way === 'publish') await publishOnce()
      if (way === 'preparePublish') {
        const prepared = await sender.preparePublish(paid, undefined, { owner })
        await prepared.enqueue({})
      }
      if (way === 'replay') expect(await sender.replay({ endpoint, since })).toBe(1)
      if (way === 'test') await sender.endpoints.test(endpoint)
      expect(await sender.deliveries({ state: 'scheduled' })).toHaveLength(1)
      clock.advance(5000)
      await vi.waitFor(() => expect(warnings()).toHaveLength(1), { timeout: 15_000 })
      expect(warnings()[0]).toContain('call sender.start()')
    },
  )

  it('does not warn of a webhook that another process has begun to send', async () => {
    const { log, warnings } = recorder()
    const clock = manualClock()
    const options = { masterKey: generateMasterKey(), store: memoryStore({ clock }), clock }
    const query = vi.spyOn(options.store, 'query')
    const plays = Array.from({ length: 4 }, () => response(500))
    const { sender, receiver } = await scene(plays, { ...options, log })
    const owner = 'ann'
    for (const path of ['a', 'b']) {
      await sender.endpoints.create({ owner, url: `${receiver.url}/${path}` })
    }
    await sender.publish(webhook('post', 'paid').response(204), undefined, { owner })
    const other = createSender({ ...options, secrets, fetch: guardedFetch({ policy }), log: false })
    await other.sendDue()
    clock.advance(5000)
    await vi.waitFor(() => expect(query).toHaveBeenCalled(), { timeout: 15_000 })
    await query.mock.results[0]?.value
    await new Promise((resolve) => setImmediate(resolve))
    expect(warnings()).toEqual([])
  })

  it('has a line for each delivery that its endpoint parks, until that is redriven', async () => {
    const { log, lines, warnings } = recorder()
    const { receiver, callbacks, sender, sendAfter } = await scene([response(500)], { log })
    for (let sent = 0; sent < 10; sent += 1) await callbacks.send(message(receiver.url))
    await sendAfter(0)
    const before = warnings().length
    const { id } = await callbacks.send(message(receiver.url))
    expect(warnings().slice(before)).toEqual([
      expect.stringMatching(
        new RegExp(
          `the delivery ${id} of the callback 'invoiceNotification' is parked, .* until 2023-.*Z: wait, or redrive it`,
        ),
      ),
    ])
    await callbacks.send(message(receiver.url, { owner: 'ann' }))
    expect(warnings()).toHaveLength(before + 1)
    await sender.redrive(id)
    expect(warnings()).toHaveLength(before + 1)
    // only debug lines have the address
    const others = lines.filter((line) => !line.startsWith('debug'))
    expect(others.join()).not.toMatch(/127\.0\.0\.1|invoices\//)
  })

  it('has ten lines a minute of those that are parked, and one that counts the others', async () => {
    const { log, lines, warnings } = recorder()
    const { receiver, callbacks, clock, sendAfter } = await scene([response(500)], { log })
    for (let sent = 0; sent < 10; sent += 1) await callbacks.send(message(receiver.url))
    await sendAfter(0)
    const before = warnings().length
    const debugged = lines.length
    for (let sent = 0; sent < 25; sent += 1) await callbacks.send(message(receiver.url))
    expect(warnings()).toHaveLength(before + 10)
    expect(lines.slice(debugged)).toHaveLength(20)
    clock.advance(60_000)
    expect(warnings().slice(before + 10)).toEqual([
      "warn ringback: … and 15 more deliveries were parked within the last minute: list them by sender.deliveries({ state: 'parked' })",
    ])
    clock.advance(60_000)
    expect(warnings()).toHaveLength(before + 11)
  })

  it.each([true, {}, { warn: () => {} }, 'silent', null])('cannot be %j', (log) => {
    const build = () => createSender({ store: memoryStore(), secrets, log: log as never })
    expect(build).toThrow(
      expect.objectContaining({
        code: 'option',
        message: expect.stringMatching(
          /^log is .*: give an object with the functions debug, info, warn/,
        ),
      }),
    )
  })

  it('does not warn where something sends', async () => {
    const { log, warnings } = recorder()
    const { receiver, callbacks, clock, sendAfter } = await scene([response(204)], { log })
    await callbacks.send(message(receiver.url))
    await sendAfter(0)
    await callbacks.send(message(receiver.url))
    clock.advance(60_000)
    expect(await sendAfter(0)).toBe(1)
    expect(warnings()).toEqual([])
  })

  it('is the console by default, which has no addresses', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    const debug = vi.spyOn(console, 'debug').mockReturnValue()
    const options = { secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] }
    const sender = createSender({ store: memoryStore(), ...options })
    const silent = createSender({ store: memoryStore(), ...options, log: false })
    for (const each of [sender, silent]) {
      await each['~callbacks'].send(message('https://10.1.2.3/'))
    }
    expect(warn).toHaveBeenCalledOnce()
    expect(debug).not.toHaveBeenCalled()
    vi.restoreAllMocks()
  })
})
