// What `ringback receiver` writes from the document of the invoices API.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { serve } from '@hono/node-server'
import { callback, createApi, route } from '@ringback/core'
import { createSender, memoryStore } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CORPUS_FACTS, type CorpusFacts } from '../../../packages/cli/test/corpus-facts.ts'
import { compileTogether } from './compile-receivers.ts'
import { runNode } from './run-node.ts'
import { NEWEST_TSC } from './typescript-versions.ts'
import { ROOT } from './workspace.ts'

const MAIN = join(ROOT, 'packages/cli/src/main.ts')
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
// below this app, which has the packages of the project
const FOLDER = join(import.meta.dirname, '../dist/receiver')
const data = mkdtempSync(join(tmpdir(), 'ringback-receiver-'))
afterAll(() => rmSync(data, { recursive: true }))

const run = (...args: string[]) =>
  runNode(['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    cwd: data,
    env: { CALLBACK_SECRET: SECRET, DATABASE: join(data, 'invoices.db') },
  })

/** A document as others write them: keys that are none, schemas of every kind, names that are no names. */
const FOREIGN = {
  openapi: '3.0.3',
  info: { title: 'Foreign', version: '1' },
  paths: {
    '/a': {
      post: {
        responses: {},
        callbacks: {
          'media.processing-finished': {
            'Provided URL in /webhook_subscriptions': {
              post: {
                requestBody: {
                  content: {
                    'application/json': { schema: { $ref: '#/components/schemas/tree.node' } },
                  },
                },
              },
            },
          },
          class: {
            '{$request.body#/url}/it/{$request.body#/id}.json?x={$request.body#/x}': {
              put: {
                requestBody: { content: { 'text/plain': { schema: { type: 'string' } } } },
                responses: {
                  '2XX': {
                    content: {
                      'application/json': {
                        schema: {
                          type: 'object',
                          required: ['a-b'],
                          properties: { 'a-b': { enum: ["it's", null, 3] } },
                        },
                      },
                    },
                  },
                  default: {},
                },
              },
            },
          },
        },
      },
    },
  },
  'x-webhooks': {
    '0 grown!': {
      post: {
        requestBody: { content: { 'application/octet-stream': {} } },
        responses: { '200': { description: 'ok' } },
      },
    },
  },
  components: {
    schemas: {
      'tree.node': {
        type: 'object',
        required: ['children', 'at'],
        properties: {
          at: { type: 'string', format: 'date-time', nullable: true, pattern: '^\\d+"' },
          children: {
            type: 'array',
            items: { $ref: '#/components/schemas/tree.node' },
            maxItems: 3,
          },
          sum: { type: 'number', minimum: 1, exclusiveMinimum: true, multipleOf: 0.5 },
          other: {
            oneOf: [{ $ref: '#/components/schemas/b' }, { type: 'integer' }],
            nullable: true,
          },
          all: {
            allOf: [
              { $ref: '#/components/schemas/b' },
              { type: 'object', properties: { c: {} }, additionalProperties: { type: 'string' } },
            ],
          },
          strict: { type: 'object', additionalProperties: false },
          free: { type: 'object' },
          away: { $ref: 'other.yaml#/x' },
        },
      },
      b: {
        type: 'object',
        properties: { constructor: { type: 'boolean' } },
        additionalProperties: false,
      },
    },
  },
}

beforeAll(async () => {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  await run('document', join(ROOT, 'apps/invoices/src/invoices.ts'), '--out', 'openapi.json')
  await run('receiver', 'openapi.json', '--out', join(FOLDER, 'invoices'))
  writeFileSync(join(data, 'foreign.json'), JSON.stringify(FOREIGN))
  await run('receiver', 'foreign.json', '--out', join(FOLDER, 'foreign'))
}, 120_000)

describe('the receiver of the invoices API', () => {
  it('compiles, and passes its own tests', { timeout: 180_000 }, async () => {
    const cwd = join(FOLDER, 'invoices')
    expect(await runNode([NEWEST_TSC, '-p', '.'], { cwd, timeout: 120_000 })).toBe('')
    const printed = await runNode(['--test', 'test/receiver.test.ts'], { cwd })
    expect(printed).toMatch(/^# pass 2$|^ℹ pass 2$/m)
  })

  it('receives a callback of our sender', { timeout: 60_000 }, async () => {
    const module = await import(pathToFileURL(join(FOLDER, 'invoices/src/app.ts')).href)
    const server = serve({
      fetch: module.createReceiver([SECRET]).fetch,
      port: 0,
      hostname: '127.0.0.1',
    })
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined

    const notification = callback(
      'post',
      '{$request.query.callback_url}/invoices/{$request.body#/id}',
    )
      .body(v.object({ description: v.string(), paid: v.boolean() }))
      .response(200, v.object({ ok: v.boolean() }))
    const createInvoice = route('post', '/invoices')
      .query(v.object({ callback_url: v.string() }))
      .body(v.object({ id: v.string() }))
      .response(204)
      .callback('notification', notification)
      .handle(async (c, { callbacks }) => {
        await callbacks.notification.send({ description: 'done', paid: true })
        return c.body(null, 204)
      })
    const transport = guardedFetch({ policy: { allowLoopback: true } })
    const sender = createSender({ store: memoryStore(), secrets: [SECRET], fetch: transport })
    const app = createApi({ info: { title: 'Invoices', version: '1' }, sender }, [createInvoice])
    await app.request(`/invoices?callback_url=http://127.0.0.1:${port}/invoice-notification`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"id":"7"}',
    })
    await sender.sendDue()
    const [delivery] = await sender.deliveries()
    expect(delivery).toMatchObject({ state: 'delivered', attempts: [{ status: 200 }] })
    expect(delivery?.attempts[0]).not.toHaveProperty('reason')
    await transport.close()
    server.close()
  })
})

describe('of a document of somebody else', () => {
  it('the receiver compiles, and says what it takes for granted', {
    timeout: 180_000,
  }, async () => {
    const cwd = join(FOLDER, 'foreign')
    expect(await runNode([NEWEST_TSC, '-p', '.'], { cwd, timeout: 120_000 })).toBe('')
    expect(readFileSync(join(cwd, 'README.md'), 'utf8')).toContain(
      'does not say that its requests are signed',
    )
  })

  it('the types compile', { timeout: 180_000 }, async () => {
    const cwd = join(FOLDER, 'foreign')
    await run('types', 'foreign.json', '--out', join(cwd, 'types.ts'))
    const text = readFileSync(join(cwd, 'types.ts'), 'utf8')
    expect(text).toContain('mediaProcessingFinished: {\n    payload: TreeNode\n')
    const args = [NEWEST_TSC, '--noEmit', '--strict', '--ignoreConfig', 'types.ts']
    expect(await runNode(args, { cwd, timeout: 120_000 })).toBe('')
  })

  it('the receivers compile of all that others have published with callbacks, by its facts', {
    timeout: 240_000,
  }, async () => {
    const facts: Record<string, CorpusFacts> = JSON.parse(readFileSync(CORPUS_FACTS, 'utf8'))
    const sending = Object.entries(facts).filter(([, { callbacks }]) => callbacks > 0)
    expect(sending.length).toBe(12)
    const outlines = sending.map(([file, { outline }]) => [file, outline] as const)
    expect(await compileTogether(Object.fromEntries(outlines))).toBe('')
  })

  it('nothing is written over', async () => {
    await expect(run('receiver', 'foreign.json', '--out', FOLDER)).rejects.toThrow('is not empty')
  })
})
