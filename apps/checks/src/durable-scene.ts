import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DeliveryRecord } from '@ringback/sender'
import { isFinal } from '@ringback/sender/store'
import { bundleWorker } from './bundle-worker.ts'
import { type Child, startChild } from './child.ts'
import { eventually } from './eventually.ts'

/** What is bound to the Worker of the tests. */
export interface DurableSceneOptions {
  readonly shards?: number
  readonly schedule?: readonly number[]
  readonly payloadLimit?: number
}

/** An order that is posted to the Worker. */
export interface PostOptions {
  readonly path?: string
  readonly owner?: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: object
}

/** The response to an order, or to one that failed. */
export interface PostResponse {
  readonly status: number
  readonly body: {
    readonly id?: string
    readonly ok?: boolean
    readonly name?: string
    readonly code?: string
    readonly message?: string
  }
}

/** A Worker on workerd whose objects are kept in a folder, so that it can be killed and started again. */
export interface DurableScene {
  /** Starts workerd, with other bindings if they are given. */
  start(change?: DurableSceneOptions): Promise<void>
  /** Kills workerd with SIGKILL. */
  kill(): Promise<void>
  /** Posts an order whose callback goes to this URL. */
  post(url: string, options?: PostOptions): Promise<PostResponse>
  request(path: string, init?: RequestInit): Promise<Response>
  deliveries(filter?: Readonly<Record<string, string>>): Promise<readonly DeliveryRecord[]>
  /** Waits until all deliveries are final, and gives them. */
  ended(): Promise<readonly DeliveryRecord[]>
  /** All that the objects have written to the disk. */
  stored(): string
  end(): Promise<void>
}

export const SECRET = `whsec_${Buffer.alloc(32, 'durable').toString('base64')}`

const WORKER = fileURLToPath(new URL('../test/durable-object/worker.ts', import.meta.url))
const PROGRAM = fileURLToPath(new URL('../test/durable-object/workerd-process.ts', import.meta.url))
const OPEN = ['scheduled', 'sending']
const ALL = '100000'

/** Bundles the Worker; nothing runs until `start`. */
export async function durableScene(options: DurableSceneOptions = {}): Promise<DurableScene> {
  const folder = mkdtempSync(join(tmpdir(), 'durable-'))
  const script = join(folder, 'worker.mjs')
  writeFileSync(script, await bundleWorker(WORKER))
  let child: Child | undefined
  let address = ''

  const scene: DurableScene = {
    async start(change = {}) {
      const {
        shards = 1,
        schedule = [0, 1000],
        payloadLimit = 1_000_000,
      } = { ...options, ...change }
      const bindings = {
        CALLBACK_SECRET: SECRET,
        SHARDS: shards,
        SCHEDULE: schedule,
        PAYLOAD_LIMIT: payloadLimit,
      }
      child = startChild(process.execPath, [PROGRAM], {
        env: {
          SCRIPT: script,
          DATA: join(folder, 'data'),
          BINDINGS: JSON.stringify(bindings),
          TMPDIR: folder,
        },
      })
      address = await child.line(/^http:/)
    },
    async kill() {
      await child?.end()
    },
    async post(url, { path = '/orders', owner = 'default', query = {}, body = { id: '1' } } = {}) {
      const search = new URLSearchParams({ callback_url: url, ...query })
      const response = await scene.request(`${path}?${search}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-owner': owner },
        body: JSON.stringify(body),
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
    },
    request(path, init) {
      const headers = new Headers(init?.headers)
      // workerd closes connections that it finds idle for 5 s, also while the disk holds it up, and a request is on its way
      headers.set('connection', 'close')
      return fetch(`${address}${path}`, { ...init, headers })
    },
    async deliveries(filter = {}) {
      const response = await scene.request(`/deliveries?${new URLSearchParams(filter)}`)
      return (await response.json()) as DeliveryRecord[]
    },
    async ended() {
      let open: readonly DeliveryRecord[] = []
      const isEnded = async () => {
        // one record a state, since a long list keeps the objects from sending
        for (const state of OPEN) {
          open = await scene.deliveries({ state, limit: '1' })
          if (open.length > 0) return undefined
        }
        const all = await scene.deliveries({ limit: ALL })
        open = all.filter((record) => !isFinal(record))
        return open.length === 0 ? all : undefined
      }
      try {
        return await eventually('all deliveries are final', isEnded)
      } catch (error) {
        const all = await scene.deliveries({ limit: ALL })
        const first = JSON.stringify(open[0])
        throw new Error(`${countStates(all)}, such as ${first}`, { cause: error })
      }
    },
    stored() {
      const data = join(folder, 'data')
      const files = globSync('**/*', { cwd: data, withFileTypes: true }).filter((one) =>
        one.isFile(),
      )
      return files.map((one) => readFileSync(join(one.parentPath, one.name), 'latin1')).join('')
    },
    async end() {
      await child?.end()
      // workerd may still write there
      rmSync(folder, { recursive: true, maxRetries: 5 })
    },
  }
  return scene
}

function countStates(records: readonly DeliveryRecord[]): string {
  const counts = new Map<string, number>()
  for (const { state, reason = '' } of records) {
    const name = `${state} ${reason}`.trim()
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const list = [...counts].map(([name, count]) => `${count} ${name}`)
  return `of ${records.length} deliveries, ${list.join(', ')}`
}
