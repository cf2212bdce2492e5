// The example "Store a callback with your own rows" of @ringback/sender, beside another writer of the same file.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readmeModules } from './readme-modules.ts'
import { runNode } from './run-node.ts'
import { ROOT } from './workspace.ts'

const REQUESTS = 20

/** Sends requests to the example while another thread holds the write lock, most of the time. */
const PROGRAM = `
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { createApi } from '@ringback/core'
import { createSender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '@ringback/store-sqlite'

database.exec('CREATE TABLE orders (id TEXT) STRICT')
const store = sqliteStore('app.db')
const sender = createSender({ store, secrets: [process.env.SECRET!], fetch: guardedFetch() })
const app = createApi({ info: { title: 'Orders', version: '1.0.0' }, sender }, [createOrder])
const writer = new Worker(\`
  const { DatabaseSync } = require('node:sqlite')
  const { parentPort } = require('node:worker_threads')
  const database = new DatabaseSync('app.db', { timeout: 5000 })
  const pause = new Int32Array(new SharedArrayBuffer(4))
  parentPort.postMessage('ready')
  for (;;) {
    database.exec('BEGIN IMMEDIATE')
    database.exec("INSERT INTO orders VALUES ('of the other writer')")
    Atomics.wait(pause, 0, 0, 40)
    database.exec('COMMIT')
    Atomics.wait(pause, 0, 0, 20)
  }
\`, { eval: true })
await new Promise((resolve) => writer.once('message', resolve))
const statuses = new Set<number>()
for (let id = 0; id < ${REQUESTS}; id += 1) {
  const body = JSON.stringify({ id: String(id), callbackUrl: 'https://www.external.org/' })
  const headers = { 'content-type': 'application/json' }
  statuses.add((await app.request('/orders', { method: 'POST', headers, body })).status)
  await wait(7)
}
await writer.terminate()
const rows = database.prepare("SELECT count(*) AS count FROM orders WHERE id NOT LIKE 'of%'").get()
console.log(JSON.stringify({ statuses: [...statuses], rows: rows?.count, stored: (await store.query()).length }))
process.exit()
`

it('loses no request beside another writer', { timeout: 60_000 }, async () => {
  const readme = readFileSync(join(ROOT, 'packages/sender/README.md'), 'utf8')
  const example = readmeModules(readme).find(({ text }) => text.includes('prepared.enqueue('))
  const parent = join(import.meta.dirname, '../dist')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'own-rows-'))
  const cwd = mkdtempSync(join(tmpdir(), 'own-rows-'))
  onTestFinished(() => {
    for (const each of [folder, cwd]) rmSync(each, { recursive: true })
  })
  const file = join(folder, 'own-rows.ts')
  writeFileSync(file, `${example?.text}\n${PROGRAM}`)

  const env = { SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }
  const args = ['--disable-warning=ExperimentalWarning', file]
  const printed = await runNode(args, { cwd, env, timeout: 50_000 })
  expect(JSON.parse(printed.trim().split('\n').at(-1) ?? '')).toEqual({
    statuses: [204],
    rows: REQUESTS,
    stored: REQUESTS,
  })
})
