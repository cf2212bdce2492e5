import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { sign } from '@ringback/signing'
import { CONCURRENCY, type Contender, SECRET } from './contenders.ts'
import { PAYLOAD } from './message-to.ts'

/** The part of BullMQ that takes part. */
interface Bullmq {
  readonly Queue: new (name: string, options: object) => Queue
  readonly Worker: new (name: string, work: (job: Job) => Promise<void>, options: object) => Worker
}

interface Queue {
  add(name: string, data: unknown): Promise<unknown>
  close(): Promise<void>
}

interface Worker {
  on(event: 'completed', listener: () => void): void
  close(): Promise<void>
}

interface Job {
  readonly id: string
  readonly data: { readonly url: string; readonly body: string }
}

/** BullMQ with a worker that signs and fetches, over a Redis of its own; `undefined` where one of them is not there. */
export async function findBullmq(): Promise<
  { readonly contender: Contender; stop(): Promise<void> } | undefined
> {
  const load = createRequire(new URL('peers/package.json', import.meta.url))
  let bullmq: Bullmq
  try {
    bullmq = load('bullmq')
  } catch {
    return undefined
  }
  const port = await freePort()
  const quiet = ['--logfile', '/dev/null']
  const args = ['--port', String(port), '--save', '', '--appendonly', 'no', ...quiet]
  const redis = spawn('redis-server', args, { stdio: 'inherit' })
  const isThere = await Promise.race([
    once(redis, 'spawn').then(() => true),
    once(redis, 'error').then(() => false),
  ])
  if (!isThere) return undefined

  const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null }
  let runs = 0
  return {
    contender: async (count, url) => {
      runs += 1
      const name = `callbacks-${runs}`
      const queue = new bullmq.Queue(name, { connection })
      const options = { connection, concurrency: CONCURRENCY }
      const worker = new bullmq.Worker(name, deliver, options)
      let completed = 0
      const all = new Promise<void>((resolve) => {
        worker.on('completed', () => {
          completed += 1
          if (completed === count) resolve()
        })
      })
      let begun = 0
      const add = async () => {
        while (begun < count) {
          begun += 1
          await queue.add('paid', { url, body: JSON.stringify(PAYLOAD) })
        }
      }
      await Promise.all(Array.from({ length: CONCURRENCY }, add))
      await all
      await worker.close()
      await queue.close()
    },
    async stop() {
      redis.kill()
      await once(redis, 'exit')
    },
  }
}

async function deliver({ id, data: { url, body } }: Job): Promise<void> {
  const timestamp = Math.floor(Date.now() / 1000)
  const signature = await sign({ id: `msg_${id}`, timestamp, body, secrets: [SECRET] })
  const headers = { 'content-type': 'application/json', ...signature }
  const response = await fetch(url, { method: 'POST', body, headers })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`answered ${response.status}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}
