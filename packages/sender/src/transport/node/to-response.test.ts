import { createGzip, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { guarded, serve } from '../../../test/serve.ts'

const policy = { allowHttp: true, allow: ['127.0.0.1'] }
const MEGABYTE = 1024 * 1024

describe('the response of a guarded fetch', () => {
  it.each([
    ['gzip', gzipSync('decoded')],
    ['deflate', deflateSync('decoded')],
    ['identity', Buffer.from('decoded')],
  ])('is decoded: %s', async (encoding, body) => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(body)
    })
    expect(await (await guarded({ policy })(server.url)).text()).toBe('decoded')
  })

  it('arrives as it is read, so that leaving it unread stops the receiver', async () => {
    let written = 0
    const server = await serve((_request, response) => {
      const gzip = createGzip({ level: 0 })
      gzip.pipe(response.writeHead(200))
      const write = () => {
        while (!response.destroyed && gzip.write(Buffer.alloc(MEGABYTE))) written += 1
      }
      gzip.on('drain', write)
      write()
    })
    const response = await guarded({ policy })(server.url)
    const reader = response.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect(written).toBeLessThan(50)
  })

  it('has every header of the same name', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end()
    })
    const { headers } = await guarded({ policy })(server.url)
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  it.each([204, 205, 304])('has no body with a %i', async (status) => {
    const server = await serve((_request, response) => void response.writeHead(status).end())
    const response = await guarded({ policy })(server.url)
    expect([response.status, response.body]).toEqual([status, null])
  })

  it('rejects the reading when the connection breaks', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('abc', () => response.destroy())
    })
    const response = await guarded({ policy })(server.url)
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
  })
})
