import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { Agent, fetch } from 'undici/index.js'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type LoopbackServer, listen, loopbackServer } from '../../../test/loopback-server.ts'
import { compilePolicy } from '../egress/policy.ts'
import { guardedConnect } from './guarded-connect.ts'
import { guardedFetch } from './guarded-fetch.ts'
import type { Guard } from './judged-addresses.ts'
import { createOrigins } from './origins.ts'

const pem = (name: string) =>
  readFileSync(new URL(`../../../test/tls/${name}.pem`, import.meta.url), 'utf8')

// a self-signed certificate for receiver.example
const certificate = pem('certificate')
const trusted = getCACertificates('default')

describe('guardedConnect', () => {
  it.each(['127.0.0.1', '[::1]', '0.0.0.0'])('refuses %s by itself', async (host) => {
    const server = await loopbackServer()
    const rules = compilePolicy({})
    const resolve = () => Promise.reject(new Error('not asked'))
    const origins = createOrigins()
    origins.enter(`http://${host}:${server.port}`)
    const dispatcher = new Agent({ connect: guardedConnect({ rules, resolve }, origins) })

    await expect(fetch(`http://${host}:${server.port}/`, { dispatcher })).rejects.toMatchObject({
      cause: { name: 'EgressError', code: 'blocked' },
    })
    expect(server.connections()).toBe(0)

    await dispatcher.destroy()
    await server.close()
  })

  it('applies an entry with a port to that port only', async () => {
    const server = await loopbackServer()
    const other = await loopbackServer()
    const origins = createOrigins()
    const guard: Guard = {
      rules: compilePolicy({ allow: [`127.0.0.1:${server.port}`] }),
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    }
    const dispatcher = new Agent({ connect: guardedConnect(guard, origins) })
    const send = (port: number) => {
      origins.enter(`http://receiver.example:${port}`)
      return fetch(`http://receiver.example:${port}/`, { dispatcher })
    }

    expect((await send(server.port)).status).toBe(200)
    await expect(send(other.port)).rejects.toMatchObject({ cause: { code: 'blocked' } })
    expect(other.connections()).toBe(0)

    await dispatcher.destroy()
    await Promise.all([server.close(), other.close()])
  })
})

describe('guardedConnect over TLS', () => {
  const servernames: unknown[] = []
  const send = guardedFetch({
    policy: { allow: ['127.0.0.1'] },
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  })
  let server: LoopbackServer

  beforeAll(async () => {
    const secure = createServer({ key: pem('key'), cert: certificate }, (request, response) => {
      servernames.push((request.socket as TLSSocket).servername)
      response.writeHead(200, { connection: 'close' }).end()
    })
    server = await listen(secure)
  })

  afterEach(() => setDefaultCACertificates(trusted))

  afterAll(async () => {
    await send.close()
    await server.close()
  })

  it('refuses a certificate of an unknown issuer', async () => {
    await expect(send(`https://receiver.example:${server.port}/`)).rejects.toMatchObject({
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
  })

  it('asks for the certificate of the host name, not of the address dialled', async () => {
    setDefaultCACertificates([...trusted, certificate])

    expect((await send(`https://receiver.example:${server.port}/`)).status).toBe(200)
    expect((await send(`https://receiver.example.:${server.port}/`)).status).toBe(200)
    expect(servernames).toEqual(['receiver.example', 'receiver.example'])
  })

  it.each(['other.example', '127.0.0.1'])('refuses the certificate for %s', async (host) => {
    setDefaultCACertificates([...trusted, certificate])

    await expect(send(`https://${host}:${server.port}/`)).rejects.toMatchObject({
      cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    })
  })

  it('is not misled by a Host header', async () => {
    setDefaultCACertificates([...trusted, certificate])
    const headers = { host: 'receiver.example' }

    await expect(send(`https://other.example:${server.port}/`, { headers })).rejects.toMatchObject({
      cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    })
  })
})
