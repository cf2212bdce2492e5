import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verify } from '@ringback/signing'
import { Miniflare, type MiniflareOptions } from 'miniflare'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
} from 'vitest'
import { bundleWorker } from './bundle-worker.ts'
import { type Child, startChild } from './child.ts'
import { startEdgeFunction } from './edge-function.ts'
import { eventually } from './eventually.ts'
import { findFreePort } from './find-free-port.ts'
import { programOf, RUNTIMES } from './runtimes.ts'
import { openSink, type Sink } from './sink.ts'
import { withTmpdir } from './with-tmpdir.ts'
import { ROOT } from './workspace.ts'

const SECRET = `whsec_${Buffer.alloc(32, 'runtimes').toString('base64')}`
const TIMEOUT = 60_000

let sink: Sink
beforeEach(async () => {
  sink = await openSink()
})
afterEach(() => sink.close())

describe.each(RUNTIMES)('$name', { timeout: TIMEOUT }, ({ program: own, executable, args }) => {
  let folder: string
  let child: Child | undefined
  const run = (program: string, env: Record<string, string> = {}) => {
    child = startChild(executable, args(programOf(program), folder), {
      cwd: folder,
      env: { CALLBACK_SECRET: SECRET, HOME: folder, DENO_NO_UPDATE_CHECK: '1', ...env },
    })
    return child
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'runtimes-'))
  })
  afterEach(async () => {
    await child?.end()
    await rm(folder, { recursive: true })
  })

  it('runs the tutorial with the fetch of the runtime, in memory', async () => {
    const address = await run(own).line(/^http:/)
    await expectCallbackOf(address)
  })

  it('runs the tutorial with SQLite and the guarded fetch', async () => {
    const address = await run(own, { DATABASE: join(folder, 'callbacks.db') }).line(/^http:/)
    await expectCallbackOf(address)
  })

  it('runs the invoices application as it is', async () => {
    const api = join(ROOT, 'apps/invoices/src/api.ts')
    const port = await findFreePort()
    child = startChild(executable, args(api, folder), {
      cwd: folder,
      env: {
        CALLBACK_SECRET: SECRET,
        HOME: folder,
        DENO_NO_UPDATE_CHECK: '1',
        PORT: `${port}`,
        DATABASE: join(folder, 'callbacks.db'),
      },
    })
    const address = `http://127.0.0.1:${port}`
    await eventually('the API is ready', () =>
      fetch(`${address}/openapi.json`).catch(() => undefined),
    )
    await createInvoice(address, '1')
    const { url, headers, body } = await eventually('the callback', () => sink.received[0])
    expect(url).toBe('/events/invoices/1')
    await verify({ headers, body, secrets: [SECRET] })
    expect(await (await fetch(`${address}/invoices/1`)).json()).toMatchObject({ total: 9999 })
  })
})

describe('workerd', { timeout: TIMEOUT }, () => {
  let folder: string
  const workers: Miniflare[] = []
  let address: string

  /** Starts a program, and gives its address. */
  const run = async (program: string) => {
    const contents = await bundleWorker(programOf(program))
    const options = {
      modules: [{ type: 'ESModule', path: 'worker.mjs', contents }],
      compatibilityDate: '2026-06-01',
      bindings: { CALLBACK_SECRET: SECRET },
      cf: false, // otherwise it downloads request.cf from Cloudflare
    } satisfies MiniflareOptions
    const worker = await withTmpdir(folder, () => new Miniflare(options))
    workers.push(worker)
    return (await worker.ready).origin
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workerd-'))
    address = await run('worker')
  }, TIMEOUT)
  afterAll(async () => {
    for (const worker of workers) await worker.dispose()
    // workerd may still write there
    await rm(folder, { recursive: true, maxRetries: 5 })
  })

  it('runs the tutorial without nodejs_compat', () => expectCallbackOf(address))

  it('runs the tutorial with a sender of the module', async () => {
    const own = await run('worker-module')
    await expectCallbackOf(own)
    await Promise.all(['1', '2', '3'].map((id) => createInvoice(own, id)))
    await eventually('three more callbacks', () => sink.received[3])
    const paths = sink.received.map(({ url }) => url).sort()
    expect(paths).toEqual(['1', '2', '2expen51ve', '3'].map((id) => `/events/invoices/${id}`))
  })

  it.each([
    ['lasting-memory', 'volatile'],
    ['unguarded', 'egress'],
    ['script-on-disk', 'reference'],
  ])('refuses %s', async (what, code) => {
    const response = await fetch(`${address}/refusals/${what}`)
    expect(await response.text()).toBe(code)
  })
})

describe('edge-runtime', { timeout: TIMEOUT }, () => {
  it('runs the tutorial, and sends after the response', async () => {
    const app = await startEdgeFunction(programOf('edge-function'), { CALLBACK_SECRET: SECRET })
    onTestFinished(() => app.close())
    await expectCallbackOf(app.url)
    await app.settle()
  })
})

/** Creates the tutorial's invoice, and expects its callback in the sink. */
async function expectCallbackOf(address: string): Promise<void> {
  const document = await fetch(`${address}/openapi.json`)
  expect(await document.json()).toHaveProperty(['paths', '/invoices', 'post', 'callbacks'])
  const page = await fetch(`${address}/reference`)
  expect(await page.text()).toContain('<script src="https://cdn.example/scalar.js">')
  const shown = await fetch(`${address}/reference/reference.json`)
  expect(await shown.text()).toContain('**Invoice notification**')

  const overview = await fetch(`${address}/console`)
  expect(await overview.text()).toContain('<h1>Overview</h1>')
  expect(overview.headers.get('content-security-policy')).toContain("script-src 'self'")

  await createInvoice(address, '2expen51ve')

  const { method, url, headers, body } = await eventually('the callback', () => sink.received[0])
  expect(`${method} ${url}`).toBe('POST /events/invoices/2expen51ve')
  expect(body).toBe('{"description":"Payment celebration","paid":true}')
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': '49',
    'idempotency-key': headers['webhook-id'],
    'user-agent': 'Ringback',
  })
  await verify({ headers, body, secrets: [SECRET] })
  expect(sink.received).toHaveLength(1)
}

async function createInvoice(address: string, id: string): Promise<void> {
  const response = await fetch(`${address}/invoices?callback_url=${sink.url}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"id":"${id}","customer":"Mr. Richie Rich","total":"9999"}`,
  })
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('{"msg":"Invoice received"}')
}
