// One measurement of bench/curve.ts, in a process of its own: what waits is given as JSON, what it takes is printed as such.
import { join } from 'node:path'
import { createSender, type StoredDelivery } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '../src/index.ts'
import { inFolder, SECRET } from './contenders.ts'
import { messageTo } from './message-to.ts'
import { startSink } from './start-sink.ts'

/** What waits while others are sent. */
export interface Load {
  readonly pending: number
  readonly endpoints: number
  /** Due already, for an endpoint that does not answer; else not before an hour has passed. */
  readonly isDead: boolean
}

/** From send to answer in milliseconds, and the memory that what waits takes. */
export interface Latency {
  readonly middle: number
  readonly slowest: number
  readonly megabytes: number
}

const SENDS = 20_000
const AT_ONCE = 4
const SLICE = 500
const HOUR = 3_600_000
const MEGABYTE = 1024 * 1024
// nobody listens there
const DEAD = 'http://127.0.0.1:1024'

const sink = await startSink()
const load: Load = JSON.parse(process.argv[2] ?? '')
console.log(JSON.stringify(await inFolder((folder) => measure(folder, load))))
sink.stop()

async function measure(folder: string, load: Load): Promise<Latency> {
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
      const { id } = await sender['~callbacks'].send(message)
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
  return { middle: at(0.5), slowest: at(0.99), megabytes }
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
    attemptCount: 0,
    refusals: 0,
    createdAt: now,
    dueAt: isDead ? now - HOUR : now + HOUR,
    payload: new Uint8Array(200),
  }
}

function memory(): number {
  return process.memoryUsage().rss / MEGABYTE
}
