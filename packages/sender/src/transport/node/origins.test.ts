import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { guarded, serve } from '../../../test/serve.ts'
import { createOrigins } from './origins.ts'

async function sockets(count: number): Promise<Socket[]> {
  const { port } = await serve()
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect(port, '127.0.0.1')
      onTestFinished(() => void socket.destroy())
      await new Promise((resolve) => socket.once('connect', resolve))
      return socket
    }),
  )
}

describe('origins', () => {
  it('close the sockets of the origin whose last request is longest ago', async () => {
    const origins = createOrigins(2)
    const [a, b, c, d] = await sockets(4)
    for (const [name, socket] of [
      ['a', a],
      ['b', b],
    ] as const) {
      const turn = origins.enter(name)
      if (socket) origins.keep(name, socket)
      turn.end()
    }
    origins.enter('a').end() // b is the oldest now
    const inUse = origins.enter('c')
    if (c) origins.keep('c', c)
    await setImmediate()
    expect([a?.destroyed, b?.destroyed, c?.destroyed]).toEqual([false, true, false])
    const other = origins.enter('d')
    if (d) origins.keep('d', d)
    await setImmediate()
    // sockets in use are never closed, however many there are
    expect([a?.destroyed, c?.destroyed, d?.destroyed]).toEqual([true, false, false])
    inUse.end()
    other.end()
  })

  it('end connecting when the last request that waits leaves', () => {
    const origins = createOrigins()
    const [first, second] = [origins.enter('a'), origins.enter('a')]
    const signal = origins.signalOf('a')
    first.end()
    first.end()
    expect(signal.aborted).toBe(false)
    second.start()
    expect(signal.aborted).toBe(true)
    expect(origins.signalOf('a').aborted).toBe(true)
    expect(origins.signalOf('b').aborted).toBe(true)
  })
})

describe('guardedFetch to ever new hosts', () => {
  it('keeps a limited number of sockets', { timeout: 60_000 }, async () => {
    const open = new Set<unknown>()
    const server = await serve((request, response) => {
      open.add(request.socket)
      request.socket.once('close', () => open.delete(request.socket))
      response.writeHead(200, { 'keep-alive': 'timeout=3600' }).end('ok')
    })
    const send = guarded({
      policy: { allowHttp: true, allow: ['127.0.0.1'] },
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    })
    for (let n = 0; n < 320; n += 1) {
      expect(await (await send(`http://h${n}.example:${server.port}/`)).text()).toBe('ok')
    }
    await expect.poll(() => open.size).toBeLessThanOrEqual(256)
    expect(open.size).toBeGreaterThan(200)
    // the newest is used again, a turn of the event loop after its response
    await setImmediate()
    await setImmediate()
    const before = server.connections()
    await send(`http://h319.example:${server.port}/`)
    expect(server.connections()).toBe(before)
  })
})
