// The applications of docs/other-edges.md, on one PostgreSQL.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSender } from '@ringback/sender'
import { verify } from '@ringback/signing'
import { pgDriver, postgresStore } from '@ringback/store-postgres'
import { build } from 'esbuild'
import pg from 'pg'
import { afterAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { serveNeon } from '../../../packages/store-postgres/test/serve-neon.ts'
import { startPostgres } from '../../../packages/store-postgres/test/start-postgres.ts'
import { startEdgeFunction } from './edge-function.ts'
import { programOf } from './runtimes.ts'
import { openSink, type Sink } from './sink.ts'
import { ROOT } from './workspace.ts'

const TIMEOUT = 120_000
const SECRET = `whsec_${Buffer.alloc(32, 'edges').toString('base64')}`
const CRON_SECRET = 'cron-secret-0123456789'
const INVOICE = '{"id":"2expen51ve","customer":"Mr. Richie Rich","total":"9999"}'

const database = await startPostgres()
const pool = new pg.Pool({ connectionString: database.url, max: 4 })
const folder = mkdtempSync(join(tmpdir(), 'edges-'))
afterAll(async () => {
  await pool.end()
  await database.stop()
  rmSync(folder, { recursive: true })
})

let sink: Sink
beforeEach(async () => {
  sink = await openSink()
  onTestFinished(() => sink.close())
})

const query = () => new URLSearchParams({ callback_url: `${sink.url}/events` })

/** Stores a callback, as a function does that ends before it sends. */
async function store(): Promise<void> {
  const sender = createSender({
    store: postgresStore(pgDriver(pool)),
    secrets: [SECRET],
    egress: 'platform',
    policy: { allowHttp: true, allow: ['127.0.0.1'] },
    log: false,
  })
  const { operations } = await import('edge/src/operations.ts')
  const { createApi } = await import('@ringback/core')
  const api = createApi({ info: { title: 'Invoices', version: '1' }, sender }, operations)
  const response = await api.request(`/invoices?${query()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: INVOICE,
  })
  expect(response.status).toBe(200)
}

async function expectCallback(): Promise<void> {
  expect(sink.received).toHaveLength(1)
  const [{ url, headers, body } = { headers: {}, body: '' }] = sink.received
  expect(url).toBe('/events/invoices/2expen51ve')
  await verify({ headers, body, secrets: [SECRET] })
}

describe('the application for Vercel', { timeout: TIMEOUT }, () => {
  let statements = 0
  const counted = Object.assign(Object.create(pool) as pg.Pool, {
    query(...given: Parameters<pg.Pool['query']>) {
      statements += 1
      return pool.query(...given)
    },
  })
  const start = async () => {
    const neon = await serveNeon(counted)
    onTestFinished(() => neon.stop())
    const app = await startEdgeFunction(programOf('edge-invoices'), {
      DATABASE_URL: database.url.replace('127.0.0.1', 'db.example.com'),
      NEON: neon.url,
      CALLBACK_SECRET: SECRET,
      CRON_SECRET,
      RECEIVER_HOST: '127.0.0.1',
    })
    onTestFinished(() => app.close())
    return app
  }

  it('sends after its response', async () => {
    const app = await start()
    const response = await fetch(`${app.url}/invoices?${query()}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: INVOICE,
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ msg: 'Invoice received' })
    await app.settle()
    await expectCallback()
  })

  it('asks the database as often as docs/other-edges.md says', async () => {
    const app = await start()
    const send = async () => {
      statements = 0
      const response = await fetch(`${app.url}/invoices?${query()}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: INVOICE,
      })
      expect(response.status).toBe(200)
      await app.settle()
      return statements
    }
    await send() // looks at the tables first
    const page = readFileSync(join(ROOT, 'docs/other-edges.md'), 'utf8')
    const [, most] = /succeeds at once makes at most (\d+) requests/.exec(page) ?? []
    const made = await send()
    expect(made).toBeLessThanOrEqual(Number(most))
    // the page exaggerates little
    expect(made).toBeGreaterThan(Number(most) - 3)
  })

  it('sends what is left when its cron asks, and for nobody else', async () => {
    const app = await start()
    await store()
    expect((await fetch(`${app.url}/cron`)).status).toBe(401)
    expect(sink.received).toEqual([])
    const headers = { authorization: `Bearer ${CRON_SECRET}` }
    const response = await fetch(`${app.url}/cron`, { headers })
    expect(await response.json()).toMatchObject({ sent: 1 })
    await expectCallback()
  })
})

describe('the application for Lambda', { timeout: TIMEOUT }, () => {
  /** Loads what `sam build` makes of it. */
  const load = async () => {
    const { outputFiles } = await build({
      entryPoints: [join(ROOT, 'apps/lambda/src/index.ts')],
      bundle: true,
      minify: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      target: 'es2023',
      external: ['pg-native'],
      logLevel: 'silent',
    })
    const file = join(folder, `${crypto.randomUUID()}.cjs`)
    writeFileSync(file, outputFiles[0]?.contents ?? '')
    vi.stubEnv('DATABASE_URL', database.url)
    vi.stubEnv('CALLBACK_SECRET', SECRET)
    vi.stubEnv('RECEIVER_HOST', '127.0.0.1')
    onTestFinished(() => void vi.unstubAllEnvs())
    const lambda: typeof import('lambda/src/index.ts') = createRequire(file)(file)
    return lambda
  }

  it('sends before it has responded', async () => {
    const { handler } = await load()
    const response = await handler({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/invoices',
      rawQueryString: `${query()}`,
      headers: { 'content-type': 'application/json', host: 'a.example' },
      body: INVOICE,
      isBase64Encoded: false,
      requestContext: {
        accountId: '1',
        apiId: 'a',
        authentication: null,
        authorizer: {},
        domainName: 'a.example',
        domainPrefix: 'a',
        http: {
          method: 'POST',
          path: '/invoices',
          protocol: 'HTTP/1.1',
          sourceIp: '203.0.113.1',
          userAgent: 'curl',
        },
        requestId: '1',
        routeKey: '$default',
        stage: '$default',
        time: '01/Jan/2026:00:00:00 +0000',
        timeEpoch: 1_767_225_600_000,
      },
    })
    expect(response).toMatchObject({ statusCode: 200, body: '{"msg":"Invoice received"}' })
    await expectCallback()
  })

  it('sends what is left when its schedule invokes it', async () => {
    const { cron } = await load()
    await store()
    expect(await cron()).toMatchObject({ sent: 1 })
    await expectCallback()
  })
})
