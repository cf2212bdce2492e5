import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { sign } from '@ringback/signing'
import { request } from 'undici'
import { createDeliver } from '../../sender/bench/deliver.ts'
import { CONCURRENCY, type Contender, policy, SECRET } from './contenders.ts'
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

/** BullMQ with a worker that signs, and sends with the sender's transport, by fetch, or by undici's request. */
export interface BullmqContenders {
  readonly withTransport: Contender
  readonly withFetch: Contender
  readonly withUndici: Contender
  stop(): Promise<void>
}

/** Gives BullMQ over a Redis of its own; `undefined` where one of them is not there. */
export async function findBullmq(): Promise<BullmqContenders | undefined> {
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
  const deliver = createDeliver(SECRET, { policy })
  let runs = 0
  const contender =
    (deliver: (job: Job) => Promise<void>): Contender =>
    async (count, url) => {
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
    }
  return {
    withTransport: contender(({ id, data }) => deliver({ id: `msg_${id}`, ...data })),
    withFetch: contender(deliverByFetch),
    withUndici: contender(deliverByUndici),
    async stop() {
      redis.kill()
      await once(redis, 'exit')
    },
  }
}

async function deliverByFetch(job: Job): Promise<void> {
  const { url, body } = job.data
  const response = await fetch(url, { method: 'POST', body, headers: await headersOf(job) })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`the response is ${response.status}`)
}

async function deliverByUndici(job: Job): Promise<void> {
  const { url, body } = job.data
  const response = await request(url, { method: 'POST', body, headers: await headersOf(job) })
  await response.body.dump()
  if (response.statusCode !== 200) throw new Error(`the response is ${response.statusCode}`)
}

async function headersOf({ id, data: { body } }: Job): Promise<Record<string, string>> {
  const timestamp = Math.floor(Date.now() / 1000)
  const signature = await sign({ id: `msg_${id}`, timestamp, body, secrets: [SECRET] })
  return { 'content-type': 'application/json', ...signature }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}
