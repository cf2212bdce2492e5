// Code that generators make from our documents compiles, has the right types, and works.
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@hey-api/openapi-ts'
import { serve } from '@hono/node-server'
import { createSender, memoryStore } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { Hono } from 'hono'
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { everythingApi } from '../test/seeds/everything.ts'
import { ordersApi } from '../test/seeds/orders.ts'
import { subscriptionsApi } from '../test/seeds/subscriptions.ts'
import { type Callbacks, callbacksAsWebhooks } from './callbacks-as-webhooks.ts'
import { CALLING, TYPED } from './client-programs.ts'
import { loadInvoices } from './load-invoices.ts'
import { runNode } from './run-node.ts'
import { NEWEST_TSC } from './typescript-versions.ts'
import { ROOT } from './workspace.ts'

type Document = Callbacks & OpenAPI3

const folder = mkdtempSync(join(tmpdir(), 'clients-'))
const sender = createSender({
  store: memoryStore(),
  secrets: [`whsec_${Buffer.alloc(32, 1).toString('base64')}`],
  credentials: { key: () => 'a key' },
  fetch: guardedFetch(),
})

let apps: Readonly<Record<string, Hono>>
let documents: Readonly<Record<string, Document>>
let removeInvoices: () => Promise<void>

beforeAll(async () => {
  const invoices = await loadInvoices()
  removeInvoices = invoices.remove
  apps = {
    everything: everythingApi({ sender }),
    invoices: invoices.app,
    orders: ordersApi({ sender }),
    subscriptions: subscriptionsApi({ sender }),
  }
  const read = Object.entries(apps).map(async ([name, app]) => {
    const response = await app.request('/openapi.json')
    return [name, (await response.json()) as Document] as const
  })
  documents = Object.fromEntries(await Promise.all(read))
}, 60_000)

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await removeInvoices()
})

/** Creates a folder with a program, and a tsconfig that extends ours by these options. */
function createProject(name: string, program: string, options: object): string {
  const path = join(folder, name)
  mkdirSync(path)
  writeFileSync(join(path, 'program.ts'), program)
  writeFileSync(join(path, 'package.json'), JSON.stringify({ type: 'module' }))
  const compilerOptions = { types: [], allowImportingTsExtensions: false, ...options }
  const extend = join(ROOT, 'tsconfig.json')
  const config = { extends: extend, compilerOptions, include: ['**/*.ts'], exclude: [] }
  writeFileSync(join(path, 'tsconfig.json'), JSON.stringify(config))
  return path
}

/** Serves each API under its name. */
async function serveAll() {
  const all = new Hono()
  for (const [name, app] of Object.entries(apps)) all.route(`/${name}`, app)
  const server = serve({ fetch: all.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  await once(server, 'listening')
  const close = async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

/** Runs a generator, and expects that it sends no request. */
async function runWithoutFetch(generate: () => Promise<void>): Promise<void> {
  const fetch = vi.spyOn(globalThis, 'fetch')
  await generate()
  expect(fetch).not.toHaveBeenCalled()
  fetch.mockRestore()
}

/** @throws {Error} with the output of the compiler */
const compile = (path: string) => runNode([NEWEST_TSC, '-p', path], { cwd: path })

/** Removes the `@ts-expect-error` comments of a program, which must not compile then. */
function removeExpectations(path: string, program: string): void {
  writeFileSync(join(path, 'program.ts'), program.replaceAll('// @ts-expect-error', '//'))
}

describe('the documents are read by', { timeout: 60_000 }, () => {
  it('openapi-typescript, whose types compile and are correct', async () => {
    const path = createProject('types', TYPED, {})
    const write = async (name: string, document: Document) =>
      writeFileSync(join(path, `${name}.ts`), astToString(await openapiTypescript(document)))
    await runWithoutFetch(async () => {
      for (const [name, document] of Object.entries(documents)) {
        await write(name, document)
        await write(`${name}-callbacks`, callbacksAsWebhooks(document))
      }
    })
    await compile(path)

    removeExpectations(path, TYPED)
    await expect(compile(path)).rejects.toThrow(/'number' is not assignable to type 'boolean'/)
  })

  it('@hey-api/openapi-ts, whose client compiles and calls the APIs', async () => {
    // no code of this generator compiles with exactOptionalPropertyTypes
    const options = { exactOptionalPropertyTypes: false, noEmit: false, outDir: 'out' }
    const path = createProject('client', CALLING, options)
    await runWithoutFetch(async () => {
      for (const [name, document] of Object.entries(documents)) {
        await createClient({
          input: { ...callbacksAsWebhooks(document) },
          output: join(path, name),
          plugins: ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch'],
          interactive: false,
          logs: { level: 'silent', file: false },
        })
      }
    })
    await compile(path)

    const { url, close } = await serveAll()
    const printed = await runNode([join(path, 'out/program.js'), url], { cwd: path }).finally(close)
    expect(JSON.parse(printed)).toEqual({
      order: { id: '7', total: 1 },
      changed: { id: '7', total: 2 },
      health: true,
      paid: 'Payment received',
      shipped: 'Order shipped',
      subscribed: 'Subscribed',
      problem: ['/email'],
      created: 'Invoice received',
      total: 9999,
    })

    removeExpectations(path, CALLING)
    await expect(compile(path)).rejects.toThrow(/Property 'email' is missing/)
  })
})
