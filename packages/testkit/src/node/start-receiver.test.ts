import { afterEach, describe, expect, it } from 'vitest'
import { virtualClock } from '../virtual-clock.ts'
import type { ScriptEntry } from './play-entry.ts'
import {
  type LoopbackReceiver,
  type LoopbackReceiverOptions,
  startReceiver,
} from './start-receiver.ts'

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function start(
  script?: readonly ScriptEntry[],
  options?: LoopbackReceiverOptions,
): Promise<LoopbackReceiver> {
  const receiver = await startReceiver(script, options)
  cleanUps.push(receiver.close)
  return receiver
}

const codeOf = (error: unknown): unknown => {
  const { cause, code } = error as { cause?: unknown; code?: unknown }
  return code ?? (cause === undefined ? error : codeOf(cause))
}
const post = (url: string) => fetch(url, { method: 'POST', body: '{"paid":true}' })

describe('startReceiver', () => {
  it('records the requests that it receives', async () => {
    const receiver = await start()
    const response = await fetch(`${receiver.url}/events?a=1`, {
      method: 'POST',
      body: '{"€":1}',
      headers: { 'x-one': 'a' },
    })

    expect(response.status).toBe(204)
    expect(receiver.requests).toMatchObject([
      { method: 'POST', path: '/events?a=1', body: '{"€":1}', headers: { 'x-one': 'a' } },
    ])
    expect(receiver.requests[0]?.localAddress).toBe('127.0.0.1')
    expect(receiver.connections()).toBe(1)
  })

  it('plays its script in order, repeats the last entry, and continues with another script', async () => {
    const redirect = { redirect: 'http://127.0.0.1:1/' } as const
    const receiver = await start([500, redirect, { status: 200, body: 'yes' }])
    const statuses: number[] = []
    for (const _ of [1, 2, 3, 4]) {
      statuses.push((await fetch(receiver.url, { redirect: 'manual' })).status)
    }
    receiver.play(410)
    statuses.push((await fetch(receiver.url)).status)
    expect(statuses).toEqual([500, 302, 200, 200, 410])
  })

  it('waits for requests', async () => {
    const receiver = await start()
    const waiting = receiver.received(2)
    await post(`${receiver.url}/1`)
    await post(`${receiver.url}/2`)
    expect((await waiting).map(({ path }) => path)).toEqual(['/1', '/2'])
  })

  it.each([
    ['resets before the headers', { reset: 'before-headers' }, /ECONNRESET|UND_ERR_SOCKET/],
    ['sends endless headers', { endlessHeaders: true }, /UND_ERR_HEADERS_OVERFLOW|HPE_HEADER/],
  ] as const)('%s', async (_, entry, code) => {
    const receiver = await start([entry])
    const error = await post(receiver.url).catch((error: unknown) => error)
    expect(codeOf(error)).toMatch(code)
    expect(receiver.requests).toHaveLength(1)
  })

  it('sends bytes that are not HTTP', async () => {
    const receiver = await start([{ raw: 'SSH-2.0-OpenSSH_9.9\r\n' }])
    await expect(post(receiver.url)).rejects.toThrow('fetch failed')
    expect(receiver.requests).toHaveLength(1)
  })

  it.each([{ reset: 'after-headers' }, { truncated: 'abc' }] as const)(
    'breaks off in the body: %o',
    async (entry) => {
      const receiver = await start([entry])
      const response = await post(receiver.url)
      expect(response.status).toBe(200)
      await expect(response.text()).rejects.toThrow()
    },
  )

  it('delays and drips on its clock', async () => {
    const clock = virtualClock()
    const receiver = await start([{ status: 200, delay: 5000 }, { drip: 1000 }], { clock })
    const delayed = post(receiver.url)
    await receiver.received(1)
    clock.advance(5000)
    expect((await delayed).status).toBe(200)

    const reader = (await post(receiver.url)).body?.getReader()
    for (const _ of [1, 2, 3]) {
      expect((await reader?.read())?.value).toEqual(new Uint8Array([120]))
      clock.advance(1000)
    }
    await reader?.cancel()
  })

  it('sends a gzip bomb', async () => {
    const receiver = await start([{ gzipBomb: 3 }])
    expect((await (await post(receiver.url)).arrayBuffer()).byteLength).toBe(3 * 1024 * 1024)
  })

  it('hangs until it is closed', async () => {
    const receiver = await start([{ hang: true }])
    const hanging = post(receiver.url).catch(codeOf)
    await receiver.received(1)
    await receiver.close()
    expect(await hanging).toMatch(/ECONNRESET|UND_ERR_SOCKET/)
  })
})
