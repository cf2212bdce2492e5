import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { blackhole } from '../../../test/blackhole.ts'
import { connectProxy } from '../../../test/connect-proxy.ts'
import { listen } from '../../../test/loopback-server.ts'
import { message } from '../../../test/message.ts'
import { scene, secrets } from '../../../test/scene.ts'
import { guarded, serve } from '../../../test/serve.ts'
import { response } from '../../../test/sink.ts'
import { createSender } from '../../sender.ts'
import { memoryStore } from '../../store/memory/memory-store.ts'
import { findEgressError } from '../egress/find-egress-error.ts'
import { guardedFetch } from './guarded-fetch.ts'

const policy = { allowHttp: true }
const errorOf = (promise: Promise<unknown>) => promise.catch((error: unknown) => error)

describe('guardedFetch through a proxy', () => {
  it('reaches its target through a tunnel, and leaves names to the proxy', async () => {
    const server = await serve()
    const proxy = await connectProxy()
    const send = guarded({
      policy,
      proxy: `http://user:pa%20ss@127.0.0.1:${proxy.port}`,
      resolve: () => Promise.reject(new Error('not asked')),
    })
    const response = await send(`http://receiver.example:${server.port}/`, { method: 'POST' })
    expect(await response.text()).toBe('ok')
    expect(proxy.targets).toEqual([`receiver.example:${server.port}`])
    expect(proxy.credentials).toEqual([`Basic ${btoa('user:pa ss')}`])
  })

  it('does not ask the proxy for a refused address', async () => {
    const proxy = await connectProxy()
    const send = guarded({ policy, proxy: proxy.url })
    for (const host of ['127.0.0.1', '[::1]', '169.254.169.254', 'localhost']) {
      const error = await errorOf(send(`http://${host}:8080/`))
      expect(findEgressError(error)).toMatchObject({ code: 'blocked' })
    }
    expect(proxy.connections()).toBe(0)
  })

  it('does not ask the proxy for a name that only a range could list', async () => {
    const proxy = await connectProxy()
    const only = ['93.184.216.0/24', 'partner.example']
    const send = guarded({ policy: { ...policy, only }, proxy: proxy.url })
    const error = await errorOf(send('http://other.example:8080/'))
    expect(findEgressError(error)).toMatchObject({ code: 'blocked' })
    expect(proxy.connections()).toBe(0)
    await errorOf(send('http://partner.example:8080/'))
    expect(proxy.connections()).toBe(1)
  })

  it.each([
    [407, 'proxy'],
    [403, 'blocked'],
    [502, undefined],
  ])('distinguishes a %i of the proxy: %s', async (status, code) => {
    const proxy = await connectProxy(status)
    const send = guarded({ policy, proxy: proxy.url })
    const error = await errorOf(send('http://receiver.example:8080/'))
    expect(error).toMatchObject({ message: 'fetch failed' })
    expect(findEgressError(error)?.code).toBe(code)
  })

  it('says that a proxy is down, but not where it is', async () => {
    const proxy = await connectProxy()
    await proxy.close()
    const error = findEgressError(
      await errorOf(guarded({ policy, proxy: proxy.url })('http://receiver.example:8080/')),
    )
    expect(error).toMatchObject({ code: 'proxy', reason: 'the egress proxy failed: ECONNREFUSED' })
  })

  it('waits for a proxy as long as the request does', async () => {
    const proxy = await blackhole('127.0.0.2')
    const send = guarded({ policy, proxy: `http://127.0.0.2:${proxy.port}` })
    const signal = AbortSignal.timeout(200)
    const error = await errorOf(send('http://receiver.example:8080/', { signal }))
    expect(findEgressError(error)).toMatchObject({
      code: 'proxy',
      reason: 'the egress proxy failed: no connection in time',
    })
  })

  it('ends its tunnel with its request, and asks for no other', async () => {
    let asked = 0
    const server = createServer()
    const closed = new Promise<void>((resolve) => {
      server.on('connect', (_, client) => {
        asked += 1
        client.on('error', () => {}).resume()
        client.on('end', () => resolve(void client.destroy()))
      })
    })
    const proxy = await listen(server)
    onTestFinished(() => proxy.close())
    const send = guarded({ policy, proxy: proxy.url })
    const signal = AbortSignal.timeout(200)
    const error = await errorOf(send('http://receiver.example:8080/', { signal }))
    expect(error).toMatchObject({ name: 'TimeoutError' })
    await closed
    expect(asked).toBe(1)
  })

  it.each(['proxy.internal:3128', 'socks5://proxy.internal', 'nonsense'])(
    'refuses %s as a proxy',
    (proxy) => {
      expect(() => guardedFetch({ proxy })).toThrow(expect.objectContaining({ code: 'policy' }))
    },
  )
})

describe('a sender whose proxy is down', () => {
  it('does not take a proxy that accepts no connection for a slow receiver', async () => {
    const proxy = await blackhole('127.0.0.2')
    const fetch = guarded({ policy, proxy: `http://127.0.0.2:${proxy.port}` })
    const options = { store: memoryStore(), secrets, fetch, log: false } as const
    const sender = createSender({ ...options, deadline: 300 })
    await sender['~callbacks'].send(message('http://receiver.example:8080'))
    expect(await sender.sendDue()).toMatchObject({ sent: 1 })
    const [record] = await sender.deliveries()
    expect(record).toMatchObject({ state: 'scheduled', attemptCount: 0 })
    expect(record?.attempts).toMatchObject([{ reason: 'proxy' }])
  })

  it('uses up neither the schedule nor the breaker of the endpoint', async () => {
    const down = await connectProxy()
    await down.close()
    const fetch = guarded({ policy, proxy: down.url })
    const { sender, callbacks, sendAfter, events } = await scene([response(204)], { fetch })
    for (let n = 0; n < 20; n += 1) await callbacks.send(message('http://receiver.example:8080'))
    await sendAfter(0)
    await sendAfter(30_000)
    const records = await sender.deliveries()
    expect(records).toHaveLength(20)
    for (const { state, attemptCount, attempts } of records) {
      expect([state, attemptCount, attempts.length]).toEqual(['scheduled', 0, 2])
      expect(attempts[0]).toMatchObject({ reason: 'proxy' })
    }
    expect(events.some(({ heldUntil }) => heldUntil !== undefined)).toBe(false)
  })
})
