import { describe, expect, it } from 'vitest'
import { blackhole } from '../../../test/blackhole.ts'
import { NAME, resolver } from '../../../test/resolver.ts'
import { guarded, serve } from '../../../test/serve.ts'
import { dial } from './dial.ts'
import type { ResolvedAddress } from './resolve.ts'

const never = new AbortController().signal
const at = (address: string): ResolvedAddress => ({ address, family: 4 })

describe('dial', () => {
  it('waits for an address that takes long, after those behind it have failed', async () => {
    const slow = await blackhole('127.0.0.2')
    const dialling = dial({ addresses: ['127.0.0.2', '127.0.0.3'], port: slow.port, signal: never })
    // Node's own autoSelectFamily leaves the first address after 250 ms
    setTimeout(() => slow.open(), 700)
    const socket = await dialling
    expect(socket.remoteAddress).toBe('127.0.0.2')
    socket.destroy()
  })

  it('connects to the next address while one does not respond', async () => {
    const { port } = await blackhole('127.0.0.2')
    const server = await serve(undefined, { host: '127.0.0.3', port })
    const socket = await dial({ addresses: ['127.0.0.2', '127.0.0.3'], port, signal: never })
    expect(socket.remoteAddress).toBe('127.0.0.3')
    expect(server.connections()).toBe(1)
    socket.destroy()
  })

  it('fails as its only address does, and names them all otherwise', async () => {
    const { port, close } = await serve()
    await close()
    const refused = { code: 'ECONNREFUSED' }
    await expect(dial({ addresses: ['127.0.0.1'], port, signal: never })).rejects.toMatchObject(
      refused,
    )
    await expect(
      dial({ addresses: ['127.0.0.1', '127.0.0.2'], port, signal: never }),
    ).rejects.toMatchObject({ errors: [refused, refused] })
  })

  it('ends with its signal', async () => {
    const { port } = await blackhole('127.0.0.2')
    const controller = new AbortController()
    const dialling = dial({ addresses: ['127.0.0.2'], port, signal: controller.signal })
    controller.abort()
    await expect(dialling).rejects.toMatchObject({ name: 'AbortError' })
    await expect(
      dial({ addresses: ['127.0.0.2'], port, signal: controller.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('guardedFetch to an address that takes long', () => {
  const policy = { allowHttp: true, allow: ['127.0.0.0/8'] }

  it('reaches it, first of two addresses, after the other has failed', async () => {
    const slow = await blackhole('127.0.0.2')
    const { resolve } = resolver([at('127.0.0.2'), at('127.0.0.3')])
    const sending = guarded({ policy, resolve })(`http://${NAME}:${slow.port}/`)
    setTimeout(() => slow.open(), 700)
    expect((await sending).status).toBe(204)
  })

  it('dials it no more once the request was aborted', async () => {
    const { port, open } = await blackhole('127.0.0.2')
    const { asked, resolve } = resolver([at('127.0.0.2')])
    const signal = AbortSignal.timeout(200)
    const send = guarded({ policy, resolve })
    await expect(send(`http://${NAME}:${port}/`, { signal })).rejects.toMatchObject({
      name: 'TimeoutError',
    })
    open()
    expect((await send(`http://${NAME}:${port}/`)).status).toBe(204)
    expect(asked).toHaveLength(2)
  })
})
