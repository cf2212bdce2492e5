import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { generateSecret, sign } from '@ringback/signing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { APP, makeProject } from '../../test/make-project.ts'
import { runCli } from '../../test/run-cli.ts'
import { startListen } from '../../test/start-listen.ts'

const secret = generateSecret()

async function startUpstream(status: number) {
  const requests: { url: string | undefined; body: string; signature: unknown }[] = []
  const server = createServer(async (request, response) => {
    const signature = request.headers['webhook-signature']
    requests.push({ url: request.url, body: await text(request), signature })
    response.writeHead(status, { 'content-type': 'text/plain' }).end('from upstream')
  })
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

const postSigned = async (url: string, key: string, body = '{"amount":12}') => {
  const now = Math.floor(Date.now() / 1000)
  const headers = await sign({ id: 'msg_1', timestamp: now, body, secrets: [key] })
  return fetch(url, { method: 'POST', headers, body })
}

describe('ringback listen', { timeout: 120_000 }, () => {
  it('prints and verifies with a secret of its own, and says why a request is refused', async () => {
    const listener = await startListen(['--status', '202', '--body', '{"ok":true}'])
    const good = await postSigned(`${listener.url}/paid?x=1`, listener.secret)
    expect([good.status, await good.json()]).toEqual([202, { ok: true }])
    expect(await listener.next()).toMatchObject({
      method: 'POST',
      path: '/paid?x=1',
      body: '{"amount":12}',
      diagnosis: { ok: true },
      status: 202,
    })

    expect((await postSigned(`${listener.url}/paid`, secret)).status).toBe(403)
    expect(await listener.next()).toMatchObject({ diagnosis: { problem: 'no-match' }, status: 403 })
    expect((await fetch(listener.url, { method: 'POST' })).status).toBe(401)
    expect(await listener.next()).toMatchObject({ diagnosis: { problem: 'missing-header' } })
    expect(await listener.stop()).toBe(0)
  })

  it('forwards what it has verified, byte by byte, and responds with what comes back', async () => {
    const upstream = await startUpstream(418)
    const listener = await startListen([
      '--secret',
      secret,
      '--forward-to',
      `${upstream.url}/hooks`,
    ])
    const body = '{ "amount": 12 }\n'
    const response = await postSigned(`${listener.url}/paid/7`, secret, body)
    expect([response.status, await response.text()]).toEqual([418, 'from upstream'])
    expect(upstream.requests).toEqual([
      { url: '/hooks/paid/7', body, signature: expect.stringMatching(/^v1,/) },
    ])
    await postSigned(`${listener.url}/paid/7`, generateSecret())
    expect(upstream.requests).toHaveLength(1)
  })

  it('responds with 502 and says why, when the receiver is away', async () => {
    const listener = await startListen(['--secret', secret, '--forward-to', 'http://127.0.0.1:1'])
    expect((await postSigned(listener.url, secret)).status).toBe(502)
    const { trouble } = await listener.next()
    expect(trouble).toContain('correct --forward-to')
  })

  it('says that its port is in use', async () => {
    const { url } = await startUpstream(200)
    const { code, err } = await runCli(['listen', '--port', new URL(url).port])
    expect(code).toBe(2)
    expect(err).toContain('is in use: stop what listens there, or give --port another')
  })
})

describe('ringback trigger', { timeout: 120_000 }, () => {
  it('sends a sample that the listener verifies, to the path of the callback', async () => {
    const listener = await startListen()
    const cwd = makeProject({ 'app.ts': APP })
    const to = ['--to', `${listener.url}/events`, '--secret', listener.secret]
    const { code, out } = await runCli(
      ['trigger', 'paid', ...to, '--document', 'app.ts', '--json'],
      { cwd },
    )
    expect(JSON.parse(out)).toMatchObject({
      url: `${listener.url}/events`,
      body: '{"amount":1,"note":"text"}',
      status: 200,
      problem: 'The document does not declare the status 200: it has 204.',
    })
    expect(code).toBe(1)
    expect(await listener.next()).toMatchObject({
      path: '/events',
      diagnosis: { ok: true },
      headers: { 'content-type': 'application/json' },
    })
  })

  it('fills the path from samples of the request, and finds webhooks, in a file', async () => {
    const { url, requests } = await startUpstream(204)
    const operation = (responses: object) => ({ responses })
    const document = {
      openapi: '3.1.0',
      paths: {
        '/invoices': {
          post: {
            operationId: 'createInvoice',
            parameters: [{ name: 'team', in: 'query', schema: { type: 'string', example: 'a b' } }],
            requestBody: {
              content: {
                'application/json': { schema: { properties: { id: { example: 'in/1' } } } },
              },
            },
            callbacks: {
              paid: {
                '{$request.body#/url}/invoices/{$request.body#/id}?team={$request.query.team}': {
                  post: operation({ '204': {} }),
                },
              },
            },
          },
        },
      },
      webhooks: {
        grown: {
          post: {
            ...operation({}),
            requestBody: { content: { 'application/json': { example: { size: 2 } } } },
          },
        },
      },
    }
    const cwd = makeProject({ 'openapi.json': JSON.stringify(document) })
    const send = (name: string, ...args: string[]) =>
      runCli(
        [
          'trigger',
          name,
          '--document',
          'openapi.json',
          '--to',
          `${url}/in`,
          '--secret',
          secret,
          ...args,
        ],
        { cwd },
      )

    expect(await send('createInvoice.paid')).toMatchObject({ code: 0 })
    expect(await send('grown')).toMatchObject({ code: 0 })
    expect(await send('paid', '--exact', '--data', '{"mine":1}')).toMatchObject({ code: 0 })
    expect(requests.map(({ url: path, body }) => [path, body])).toEqual([
      ['/in/invoices/in%2F1?team=a%20b', ''],
      ['/in', '{"size":2}'],
      ['/in', '{"mine":1}'],
    ])

    const unknown = await send('payd')
    expect(unknown.code).toBe(2)
    expect(unknown.err).toContain("no callback or webhook 'payd'; the document has paid, grown")
  })

  it('says that the receiver is away', async () => {
    const cwd = makeProject({ 'app.ts': APP })
    const args = ['--to', 'http://127.0.0.1:1/', '--document', 'app.ts', '--secret', secret]
    const { code, err } = await runCli(['trigger', 'paid', ...args], { cwd })
    expect(code).toBe(2)
    expect(err).toContain('start the receiver, or correct --to')
  })
})
