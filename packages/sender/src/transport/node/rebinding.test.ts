import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { LOOPBACK, NAME, resolver } from '../../../test/resolver.ts'
import { guarded, serve } from '../../../test/serve.ts'
import { findEgressError } from '../egress/find-egress-error.ts'
import type { ResolvedAddress } from './resolve.ts'

// 127.0.0.1 is permitted and stands for a public address; 127.0.0.2 is what must not be reached
describe('guardedFetch and DNS rebinding', () => {
  const policy = { allowHttp: true, allow: ['127.0.0.1'] }
  const rebound: ResolvedAddress = { address: '127.0.0.2', family: 4 }

  it('dials the address that it checked', async () => {
    const server = await serve()
    const inner = await serve(undefined, { host: '127.0.0.2', port: server.port })
    const { asked, resolve } = resolver([LOOPBACK], [rebound])

    expect((await guarded({ policy, resolve })(`http://${NAME}:${server.port}/`)).status).toBe(200)
    expect(asked).toHaveLength(1)
    expect([server.connections(), inner.connections()]).toEqual([1, 0])
  })

  it('checks the address of every new connection', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { connection: 'close' }).end()
    })
    const inner = await serve(undefined, { host: '127.0.0.2', port: server.port })
    const { asked, resolve } = resolver([LOOPBACK], [rebound], [LOOPBACK])
    const send = guarded({ policy, resolve })
    const url = `http://${NAME}:${server.port}/`

    expect((await send(url)).status).toBe(200)
    expect(findEgressError(await send(url).catch((error: unknown) => error))?.code).toBe('blocked')
    expect((await send(url)).status).toBe(200)
    expect(asked).toHaveLength(3)
    expect([server.connections(), inner.connections()]).toEqual([2, 0])
  })

  it('keeps using a connection that it checked', async () => {
    const server = await serve()
    const { asked, resolve } = resolver([LOOPBACK], [rebound])
    const send = guarded({ policy, resolve })
    const url = `http://${NAME}:${server.port}/`

    expect(await (await send(url)).text()).toBe('ok')
    // undici reuses a connection one turn of the event loop after its response
    await setImmediate()
    await setImmediate()
    expect(await (await send(url)).text()).toBe('ok')
    expect(asked).toHaveLength(1)
    expect(server.connections()).toBe(1)
  })
})
