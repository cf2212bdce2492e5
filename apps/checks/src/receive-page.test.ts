// The servers of docs/receive.md, on real sockets, with signed callbacks.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { sign } from '@ringback/signing'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readmeModules } from './readme-modules.ts'
import { ROOT } from './workspace.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const parent = join(import.meta.dirname, '../dist')
mkdirSync(parent, { recursive: true })
const folder = mkdtempSync(join(parent, 'receive-'))
const closing: (() => unknown)[] = []

const load = (file: string) => import(/* @vite-ignore */ join(folder, file))

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(
    () => server.close(),
    () => server.closeAllConnections(),
  )
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** How each server is started; it gives a function that makes a request to it. */
const servers: Readonly<Record<string, () => Promise<typeof fetch>>> = {
  async express() {
    const url = await listen((await load('express.ts')).app)
    return (path, init) => fetch(`${url}${path}`, init)
  },
  async fastify() {
    const app: FastifyInstance = (await load('fastify.ts')).app
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    closing.push(() => app.close())
    return (path, init) => fetch(`${url}${path}`, init)
  },
  async next() {
    const { POST } = await load('route.ts')
    return (path, init) => POST(new Request(`http://localhost${path}`, init))
  },
  async worker() {
    const { default: worker } = await load('worker.ts')
    return async (path, init) => worker.fetch(new Request(`http://localhost${path}`, init))
  },
}

beforeAll(() => {
  vi.stubEnv('CALLBACK_SECRET', SECRET)
  const page = readFileSync(join(ROOT, 'docs/receive.md'), 'utf8')
  for (const { file, text } of readmeModules(page)) writeFileSync(join(folder, file), text)
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await Promise.all(closing.map((close) => close()))
  rmSync(folder, { recursive: true })
})

describe.each(Object.entries(servers))('a receiver on %s', (name, start) => {
  const signed = async (id: string, body: string, type = 'application/json') => {
    const timestamp = Math.floor(Date.now() / 1000)
    const headers = await sign({ id, timestamp, body, secrets: [SECRET] })
    return { method: 'POST', body, headers: { ...headers, 'content-type': type } }
  }

  it('verifies the bytes, and responds as the callback declares', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue()
    const send = await start()
    // white space that a parser would lose
    const request = await signed(name, '{ "amount" :  12 }')
    for (const _ of ['first', 'duplicate']) {
      const response = await send('/paid?a=b', request)
      expect([response.status, await response.json()]).toEqual([200, { ok: true }])
      expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    }
    expect(log.mock.calls).toEqual([[name, 12]])
    log.mockRestore()

    const forged = { ...request, body: '{"amount":13}' }
    const typed = await signed(`${name}-2`, '{"amount":"x"}', 'text/plain')
    const unsigned = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
    const statuses = [forged, typed, unsigned].map(
      async (each) => (await send('/paid', each)).status,
    )
    expect(await Promise.all(statuses)).toEqual([403, 422, 401])
  })
})
