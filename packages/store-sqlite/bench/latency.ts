// One measurement of bench/curve.ts, in a process of its own: what waits is given as JSON, what it takes is printed as such.
import { join } from 'node:path'
import { createSender } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { sqliteStore } from '../src/index.ts'
import { inFolder, SECRET } from './contenders.ts'
import { fillStore, type Load } from './fill-store.ts'
import { messageTo } from './message-to.ts'
import { startSink } from './start-sink.ts'

/** From send to answer in milliseconds, and the memory that what waits takes. */
export interface Latency {
  readonly middle: number
  readonly slowest: number
  readonly megabytes: number
}

const SENDS = 20_000
const AT_ONCE = 4
const MEGABYTE = 1024 * 1024

const sink = await startSink()
const load: Load = JSON.parse(process.argv[2] ?? '')
console.log(JSON.stringify(await inFolder((folder) => measure(folder, load))))
sink.stop()

async function measure(folder: string, load: Load): Promise<Latency> {
  const store = sqliteStore(join(folder, 'callbacks.db'))
  const memoryBefore = memory()
  await fillStore(store, load)
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

function memory(): number {
  return process.memoryUsage().rss / MEGABYTE
}
