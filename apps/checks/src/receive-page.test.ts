// The servers of docs/receive.md, each in a process of its own, with signed callbacks.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sign } from '@ringback/signing'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { startChild } from './child.ts'
import { readmeModules } from './readme-modules.ts'
import { ROOT } from './workspace.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/** How each server is started; it prints its port. */
const STARTS: Readonly<Record<string, string>> = {
  express: `import { app } from './express.ts'
const server = app.listen(0, '127.0.0.1', () => console.log('port', server.address().port))`,
  fastify: `import { app } from './fastify.ts'
console.log('port', new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port)`,
  next: `import { serve } from '@hono/node-server'
import { POST } from './route.ts'
serve({ fetch: POST, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log('port', port))`,
  worker: `import { serve } from '@hono/node-server'
import worker from './worker.ts'
serve({ ...worker, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log('port', port))`,
}

const parent = join(import.meta.dirname, '../dist')
mkdirSync(parent, { recursive: true })
const folder = mkdtempSync(join(parent, 'receive-'))
for (const { file, text } of readmeModules(readFileSync(join(ROOT, 'docs/receive.md'), 'utf8'))) {
  writeFileSync(join(folder, file), text)
}
afterAll(() => rmSync(folder, { recursive: true }))

async function signed(id: string, body: string, type = 'application/json'): Promise<RequestInit> {
  const timestamp = Math.floor(Date.now() / 1000)
  const headers = await sign({ id, timestamp, body, secrets: [SECRET] })
  return { method: 'POST', body, headers: { ...headers, 'content-type': type } }
}

describe.each(Object.entries(STARTS))('a receiver on %s', (name, program) => {
  it('verifies the bytes, and responds as the callback declares', async () => {
    const file = join(folder, `start-${name}.ts`)
    writeFileSync(file, program)
    const child = startChild(process.execPath, [file], { env: { CALLBACK_SECRET: SECRET } })
    onTestFinished(() => child.end())
    const [, port] = (await child.line(/^port \d+$/)).split(' ')
    const send = (init: RequestInit) => fetch(`http://127.0.0.1:${port}/paid?a=b`, init)

    // white space that a parser would lose
    const request = await signed('msg_1', '{ "amount" :  12 }')
    for (const _ of ['first', 'duplicate']) {
      const response = await send(request)
      expect([response.status, await response.json()]).toEqual([200, { ok: true }])
      expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    }
    const refused = [
      { ...request, body: '{"amount":13}' },
      await signed('msg_2', '{"amount":"x"}', 'text/plain'),
      { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
    ]
    const statuses = refused.map(async (each) => (await send(each)).status)
    expect(await Promise.all(statuses)).toEqual([403, 422, 401])
    expect(child.lines.filter((line) => line.startsWith('msg_'))).toEqual(['msg_1 12'])
  })
})
