import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { callback, createApi, route, webhook } from '@ringback/core'
import { createSender, generateMasterKey, type Sender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '@ringback/store-sqlite'
import * as v from 'valibot'
import { startChild } from '../child.ts'

/** An API with a sender on an SQLite file, and a receiver in a process of its own. */
export interface SoakedApi {
  /** How many deliveries have ended so far. */
  readonly ended: () => { readonly delivered: number; readonly dead: number }
  /** How many deliveries come of one request. */
  readonly each: number
  /** Asks for a callback, or for a webhook to be published, as the n-th user. */
  ask(n: number): Promise<void>
  /** Does what operators do now and then. */
  operate(): Promise<void>
  close(): Promise<void>
}

const RECEIVER = fileURLToPath(new URL('../../test/soak/receiver-process.ts', import.meta.url))
const SECRET = `whsec_${Buffer.alloc(32, 'soak').toString('base64')}`
const OWNERS = 20
// prime to 200: no receiver fails so often that it is held
const HOSTS = 299
// of 200 callbacks four fail, one hangs, and of four the connection is ended
const KINDS = 200
const PATHS = new Map([
  [17, 'hang'],
  ...[7, 57, 107, 157].map((n) => [n, 'fail'] as const),
  ...[27, 77, 127, 177].map((n) => [n, 'reset'] as const),
])
const SUBSCRIBERS = 5
// long enough for a busy machine
const DEADLINE = 5000

const ordered = callback('post', '{$request.query.url}').body(v.object({ text: v.string() }))
const order = route('post', '/orders')
  .query(v.object({ url: v.string() }))
  .response(200, v.object({ ok: v.boolean() }))
  .callback('ordered', ordered)
  .handle(async (c, { callbacks }) => {
    await callbacks.ordered.send({ text: 'x'.repeat(150) })
    return c.json({ ok: true }, 200)
  })

const announced = webhook('post', 'announced').body(v.object({ text: v.string() }))
const announce = (sender: Sender) =>
  route('post', '/announcements')
    .response(200, v.object({ ok: v.boolean() }))
    .handle(async (c) => {
      const owner = c.req.header('x-owner') ?? 'nobody'
      await sender.publish(announced, { text: 'x'.repeat(150) }, { owner })
      return c.json({ ok: true }, 200)
    })

/** Starts the API; deliveries fail for good after three attempts. */
export async function startSoakedApi(isPublishing: boolean): Promise<SoakedApi> {
  const folder = mkdtempSync(join(tmpdir(), 'soak-'))
  const receiver = startChild(process.execPath, [RECEIVER])
  const port = Number(await receiver.line(/^\d+$/))
  const store = sqliteStore(join(folder, 'callbacks.db'))
  const fetch = guardedFetch({
    policy: { allowHttp: true, allow: ['127.0.0.1'] },
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  })
  const sender = createSender({
    store,
    secrets: [SECRET],
    masterKey: generateMasterKey(),
    fetch,
    log: false,
    deadline: DEADLINE,
    schedule: [0, 200, 400],
    retention: { count: 500 },
  })
  const ended = { delivered: 0, dead: 0 }
  sender.on(({ delivery: { state } }) => {
    if (state === 'delivered' || state === 'dead') ended[state] += 1
  })
  const app = createApi(
    {
      info: { title: 'Soaked', version: '1.0.0' },
      sender,
      owner: (c) => c.req.header('x-owner') ?? 'nobody',
    },
    [order, announce(sender)],
  )
  if (isPublishing) {
    for (let n = 0; n < OWNERS * SUBSCRIBERS; n += 1) {
      // one of each owner fails now and then
      const path = n < OWNERS ? 'flaky' : ''
      const url = `http://h${n}.example:${port}/${path}`
      await sender.endpoints.create({ owner: `owner-${n % OWNERS}`, url })
    }
  }
  await sender.start()

  return {
    ended: () => ({ ...ended }),
    each: isPublishing ? SUBSCRIBERS : 1,
    async ask(n) {
      const headers = { 'x-owner': `owner-${n % OWNERS}` }
      const url = `http://h${n % HOSTS}.example:${port}/${PATHS.get(n % KINDS) ?? ''}`
      const path = isPublishing ? '/announcements' : `/orders?${new URLSearchParams({ url })}`
      const { status } = await app.request(path, { method: 'POST', headers })
      if (status !== 200) throw new Error(`the API responded ${status}`)
    },
    async operate() {
      for (const { id } of await sender.deliveries({ state: 'dead', limit: 5 })) {
        await sender.redrive(id)
      }
      await sender.deliveries({ owner: 'owner-2' })
      await sender.forget({ owner: 'owner-1' })
    },
    async close() {
      await sender.stop()
      await fetch.close()
      store.close()
      await receiver.end()
      rmSync(folder, { recursive: true })
    },
  }
}
