import { guardedFetch } from '@ringback/sender/node'
import type { ScriptEntry } from '@ringback/testkit/node'
import { expect, onTestFinished } from 'vitest'
import { type Faults, faultScene } from './fault-scene.ts'

const MEGABYTE = 1024 * 1024

/** Sends one callback to a receiver that plays this entry, and gives its first attempt. */
async function attemptOnce(entry: ScriptEntry) {
  const scene = await faultScene([entry])
  await scene.send()
  await scene.sendAfter(0)
  const { state, attempts } = await scene.latest()
  return { ...scene, state, attempt: attempts[0] }
}

/** Faults of connections. */
export const CONNECTIONS: Faults = {
  async 'connect refused [cause AggregateError/ECONNREFUSED]'() {
    const { receiver, send, sendAfter, latest } = await faultScene([200])
    await receiver.close()
    for (const url of [receiver.url, receiver.url.replace('127.0.0.1', 'receiver.example')]) {
      await send({ url })
      await sendAfter(0)
      const refused = { reason: 'network', detail: 'no response: ECONNREFUSED' }
      expect(await latest()).toMatchObject({ state: 'scheduled', attempts: [refused] })
    }
  },

  async 'reset before response [ECONNRESET], socket closed [UND_ERR_SOCKET]'() {
    const { state, attempt, receiver } = await attemptOnce({ reset: 'before-headers' })
    expect([state, attempt?.reason]).toEqual(['scheduled', 'network'])
    expect(attempt?.detail).toMatch(/ECONNRESET|UND_ERR_SOCKET/)
    expect(receiver.requests).toHaveLength(1) // the receiver may have processed the request
  },

  async 'status line received, body truncated [200 then UND_ERR_SOCKET]'() {
    const { state, attempt } = await attemptOnce({ truncated: 'abc' })
    expect(state).toBe('delivered')
    expect(attempt).toMatchObject({ status: 200, body: 'broken', bytes: 3 })
  },

  async 'header overflow [UND_ERR_HEADERS_OVERFLOW], not HTTP [HPE_INVALID_CONSTANT]'() {
    const overflow = await attemptOnce({ endlessHeaders: true })
    expect([overflow.state, overflow.attempt?.detail]).toEqual([
      'scheduled',
      'no response: UND_ERR_HEADERS_OVERFLOW',
    ])
    const foreign = await attemptOnce({ raw: 'SSH-2.0-OpenSSH_9.9\r\n' })
    expect([foreign.state, foreign.attempt?.reason]).toEqual(['scheduled', 'network'])
  },

  async 'DNS NXDOMAIN [ENOTFOUND], SERVFAIL [EAI_AGAIN]'() {
    for (const error of ['ENOTFOUND', 'EAI_AGAIN']) {
      const { receiver, send, sendAfter, latest } = await faultScene([200], { names: [{ error }] })
      await send({ url: receiver.url.replace('127.0.0.1', 'receiver.example') })
      await sendAfter(0)
      const failed = { reason: 'network', detail: `no response: ${error}` }
      expect(await latest()).toMatchObject({ state: 'scheduled', attempts: [failed] })
      expect(receiver.connections()).toBe(0)
    }
  },

  async 'TLS expired / wrong host / self-signed'() {
    const { receiver, send, sendAfter, latest } = await faultScene([{ raw: 'no TLS here' }])
    await send({ url: receiver.url.replace('http:', 'https:') })
    await sendAfter(0)
    expect(await latest()).toMatchObject({ state: 'scheduled', attempts: [{ reason: 'tls' }] })
  },

  async 'response headers never come'() {
    const { send, sender, clock, receiver, latest } = await faultScene([{ hang: true }])
    await send()
    const sending = sender.sendDue()
    await receiver.received(1)
    clock.advance(15_000)
    await sending
    expect(await latest()).toMatchObject({
      state: 'scheduled',
      attempts: [
        { reason: 'timeout', duration: 15_000, detail: 'no complete response within 15 s' },
      ],
    })
  },

  async 'body dribbles for ever'() {
    const { send, sender, clock, receiver, latest } = await faultScene([{ drip: 1000 }])
    await send()
    let isOver = false
    const sending = sender.sendDue().finally(() => {
      isOver = true
    })
    await receiver.received(1)
    // yields to the event loop, so that the headers arrive and the body is what takes too long
    for (let n = 0; n < 15; n += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      expect(isOver).toBe(false)
      clock.advance(1000)
    }
    await sending
    const { attempts } = await latest()
    expect(attempts).toHaveLength(1)
    expect(attempts[0]?.duration).toBe(15_000)
  },

  async '10 GB body / gzip bomb'() {
    const before = process.memoryUsage().rss
    const { send, sendAfter, sender } = await faultScene([{ gzipBomb: 50 }])
    for (let n = 0; n < 10; n += 1) await send()
    await sendAfter(0)
    const records = await sender.deliveries({ state: 'delivered' })
    expect(records).toHaveLength(10)
    for (const { attempts } of records) expect(attempts[0]?.bytes).toBeLessThanOrEqual(64 * 1024)
    // reading the bodies would take 500 MB
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MEGABYTE)
  },

  async 'proxy down'() {
    const { receiver: proxy } = await faultScene([200])
    await proxy.close()
    const transport = guardedFetch({ policy: { allowHttp: true }, proxy: proxy.url })
    onTestFinished(() => transport.close())
    const { send, sendAfter, latest, sender } = await faultScene([200], { fetch: transport })
    for (let n = 0; n < 12; n += 1) await send({ url: 'http://receiver.example:8080' })
    await sendAfter(0)
    expect(await latest()).toMatchObject({
      state: 'scheduled',
      attemptCount: 0,
      attempts: [{ reason: 'proxy' }],
    })
    expect(await sender.deliveries({ state: 'parked' })).toEqual([])
  },
}
