import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DeliveryRecord } from '@ringback/sender'
import { sqliteStore } from '@ringback/store-sqlite'
import { type ReceivedRequest, type ScriptEntry, startReceiver } from '@ringback/testkit/node'
import { type Child, startChild } from './child.ts'

/** Senders in their own processes on one SQLite file, and the receiver that they send to. */
export interface CrashingSender {
  /** Starts a process, which ends when nothing is left to send. */
  start(options?: ProcessOptions): Child
  /** The names of the callbacks that a process knows to be stored. */
  readonly stored: ReadonlySet<string>
  readonly requests: readonly ReceivedRequest[]
  /** Throws when a stored delivery was lost, or one is delivered without a 2xx. */
  verify(): Promise<readonly DeliveryRecord[]>
  end(): Promise<void>
}

/** How one process runs. */
export interface ProcessOptions {
  /** How many callbacks it sends. */
  readonly count?: number
  /** The crash point at which it ends itself with SIGKILL. */
  readonly crashAt?: string
  /** Milliseconds that its clock is ahead; by default enough for the leases of earlier processes to have ended. */
  readonly ahead?: number
}

const PROGRAM = fileURLToPath(new URL('../test/crash/sender-process.ts', import.meta.url))
const SECRET = `whsec_${Buffer.alloc(32, 'crash').toString('base64')}`
const TEN_MINUTES = 600_000
const ALL = 1_000_000

/** Creates a file and a receiver that responds with these statuses, and repeats the last. */
export async function crashingSender(script: readonly number[]): Promise<CrashingSender> {
  const folder = mkdtempSync(join(tmpdir(), 'crash-'))
  const database = join(folder, 'callbacks.db')
  const receiver = await startReceiver(script satisfies readonly ScriptEntry[])
  const children: Child[] = []
  const statusOf = (index: number) => script[Math.min(index, script.length - 1)] ?? 0
  const storedLines = () =>
    children.flatMap(({ lines }) => lines).filter((line) => line.startsWith('stored '))

  const verify = async () => {
    const store = sqliteStore(database)
    const records = await store.query({ limit: ALL })
    store.close()
    const bodies = new Map<string, string>()
    const accepted = new Set<string>()
    for (const [index, { headers, body }] of receiver.requests.entries()) {
      const id = headers['webhook-id'] ?? ''
      if ((bodies.get(id) ?? body) !== body) throw new Error(`${id} was sent with two payloads`)
      bodies.set(id, body)
      if (statusOf(index) < 300) accepted.add(id)
    }
    for (const { id, state } of records) {
      if (state !== 'delivered' || accepted.has(id)) continue
      throw new Error(`${id} is delivered, and no request of it was responded to with 2xx`)
    }
    const delivered = new Set(
      records.filter(({ state }) => state === 'delivered').map(({ id }) => id),
    )
    for (const line of storedLines()) {
      const [, id = '', name] = line.split(' ')
      if (delivered.has(id)) continue
      const record = records.find((one) => one.id === id)
      throw new Error(`${name} was stored and is not delivered: ${JSON.stringify(record)}`)
    }
    return records
  }

  return {
    start({ count = 0, crashAt, ahead = children.length * TEN_MINUTES } = {}) {
      const child = startChild(process.execPath, [PROGRAM], {
        env: {
          CALLBACK_SECRET: SECRET,
          DATABASE: database,
          SINK: receiver.url,
          NAME: `process-${children.length}`,
          COUNT: String(count),
          AHEAD: String(ahead),
          NODE_NO_WARNINGS: '1',
          ...(crashAt !== undefined && { CRASH_AT: crashAt }),
        },
      })
      children.push(child)
      return child
    },
    get stored() {
      return new Set(storedLines().map((line) => line.split(' ')[2] ?? ''))
    },
    requests: receiver.requests,
    verify,
    async end() {
      for (const child of children) await child.end()
      await receiver.close()
      rmSync(folder, { recursive: true })
    },
  }
}
