// From send to answer, over more and more that waits: node bench/curve.ts
// Each line: what waits, the median and the slowest hundredth of 2,000 sends, and the memory that it takes.
import { join } from 'node:path'
import { createSender, type StoredDelivery } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '../src/index.ts'
import { inFolder, SECRET } from './contenders.ts'
import { messageTo } from './message-to.ts'
import { startSink } from './start-sink.ts'

const SENDS = 2000
const AT_ONCE = 4
const SLICE = 500
const HOUR = 3_600_000
const MEGABYTE = 1024 * 1024
// nobody listens there
const DEAD = 'http://127.0.0.1:1024'

interface Load {
  readonly pending: number
  readonly endpoints: number
  /** Due already, for an endpoint that does not answer; else not before an hour has passed. */
  readonly isDead: boolean
}

const LOADS: readonly Load[] = [
  ...[1, 1000, 10_000, 100_000].map((pending) => ({ pending, endpoints: 1, isDead: false })),
  ...[100, 10_000].map((endpoints) => ({ pending: 10_000, endpoints, isDead: false })),
  { pending: 100_000, endpoints: 1, isDead: true },
]

const sink = await startSink()
for (const load of LOADS) {
  const { median, slowest, megabytes } = await inFolder((folder) => measure(folder, load))
  const where = load.isDead ? 'a dead endpoint' : `${load.endpoints} endpoints`
  console.log(
    `${load.pending} for ${where}: p50 ${median.toFixed(1)} ms, p99 ${slowest.toFixed(1)} ms, ${megabytes.toFixed(0)} MB`,
  )
}
sink.stop()

async function measure(folder: string, load: Load) {
  const store = sqliteStore(join(folder, 'callbacks.db'))
  const memoryBefore = memory()
  for (let n = 0; n < load.pending; n += SLICE) {
    const count = Math.min(SLICE, load.pending - n)
    const slice = Array.from({ length: count }, (_, index) => waitingDelivery(n + index, load))
    await Promise.all(slice.map((one) => store.enqueue(one)))
  }
  const transport = guardedFetch({ policy: { allowHttp: true, allow: ['127.0.0.1'] } })
  const sender = createSender({ store, secrets: [SECRET], fetch: transport })
  const answered = new Map<string, () => void>()
  sender.on(({ delivery }) => {
    if (delivery.state === 'delivered') answered.get(delivery.id)?.()
  })
  await sender.start()

  const message = messageTo(sink.url)
  const times: number[] = []
  const send = async () => {
    while (times.length < SENDS) {
      const before = performance.now()
      const { id } = await sender.send(message)
      await new Promise<void>((resolve) => answered.set(id, resolve))
      answered.delete(id)
      times.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, send))
  const megabytes = memory() - memoryBefore
  await sender.stop()
  await transport.close()
  store.close()
  times.sort((a, b) => a - b)
  const at = (part: number) => times[Math.floor(times.length * part)] ?? Number.NaN
  return { median: at(0.5), slowest: at(0.99), megabytes }
}

function waitingDelivery(n: number, { endpoints, isDead }: Load): StoredDelivery {
  const now = Date.now()
  const endpoint = isDead ? DEAD : `https://${n % endpoints}.example`
  return {
    id: `msg_${String(n).padStart(8, '0')}`,
    state: 'scheduled',
    owner: 'default',
    operationId: 'postOrders',
    callback: 'paid',
    method: 'post',
    url: `${endpoint}/`,
    endpoint,
    attempts: 0,
    refusals: 0,
    createdAt: now,
    dueAt: isDead ? now - HOUR : now + HOUR,
    payload: new Uint8Array(200),
  }
}

function memory(): number {
  return process.memoryUsage().rss / MEGABYTE
}
