// CPU a delivery to a sink on loopback, interleaved: node bench/send.ts, with payloads of 10 KB: node bench/send.ts 10000
// Over a million deliveries that wait: node bench/send.ts 200 1000000
// BullMQ takes part once it is installed, and Debian's redis-server is on the PATH:
// npm install --no-package-lock --prefix bench/peers
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { sqliteStore } from '../src/index.ts'
import { findBullmq } from './bullmq.ts'
import { bareUndici, type Contender, overPending, withMemory, withSqlite } from './contenders.ts'
import { fillStore } from './fill-store.ts'
import { median } from './median.ts'
import { PAYLOAD_BYTES } from './message-to.ts'
import { startSink } from './start-sink.ts'

const ROUNDS = 9
// fewer large ones: 100 of 1 MB
const COUNT = Math.min(8000, Math.ceil(100_000_000 / PAYLOAD_BYTES))
// before that, code is still being compiled
const WARM_UP = 2

const PENDING = Number(process.argv[3] ?? 0)

const sink = await startSink()
const bullmq = await findBullmq()
const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const filled = sqliteStore(join(folder, 'filled.db'))
await fillStore(filled, { pending: PENDING, endpoints: 1, isDead: false })
const contenders: Readonly<Record<string, Contender>> = {
  'bare undici, signed': bareUndici,
  'sender, memory store': withMemory,
  'sender, SQLite store': withSqlite(1),
  'sender, SQLite store, 20 endpoints': withSqlite(20),
  'sender, SQLite store, 1,000 endpoints': withSqlite(1000),
  ...(PENDING > 0 && { [`sender, SQLite store, ${PENDING} pending`]: overPending(filled) }),
  ...(bullmq && {
    'BullMQ, the same transport': bullmq.withTransport,
    'BullMQ, fetch': bullmq.withFetch,
    'BullMQ, undici': bullmq.withUndici,
  }),
}

interface Measure {
  readonly rate: number
  /** Microseconds of this process for one delivery. */
  readonly cpu: number
  /** Milliseconds that the event loop was held up, in the slowest hundredth of its turns. */
  readonly delay: number
}

const measures = new Map<string, Measure[]>()
for (let round = -WARM_UP; round < ROUNDS; round += 1) {
  for (const [name, contender] of Object.entries(contenders)) {
    const delays = monitorEventLoopDelay({ resolution: 1 })
    delays.enable()
    const cpuBefore = process.cpuUsage()
    const before = performance.now()
    await contender(COUNT, sink.url)
    const seconds = (performance.now() - before) / 1000
    const { user, system } = process.cpuUsage(cpuBefore)
    delays.disable()
    const delay = delays.percentile(99) / 1e6
    const measure = { rate: COUNT / seconds, cpu: (user + system) / COUNT, delay }
    if (round >= 0) measures.set(name, [...(measures.get(name) ?? []), measure])
  }
}

const medianOf = (name: string, member: keyof Measure) =>
  median((measures.get(name) ?? []).map((measure) => measure[member]))
/** CPU, round by round, since the machine is not as fast in each: the ratio in the middle, the least and the most. */
const ratioOf = (name: string, peer: string) => {
  const peers = measures.get(peer) ?? []
  const ratios = (measures.get(name) ?? []).map(
    ({ cpu }, round) => (peers[round]?.cpu ?? Number.NaN) / cpu,
  )
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)]
  return `${median(ratios).toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`
}
for (const name of Object.keys(contenders)) {
  const ratio = ratioOf(name, 'bare undici, signed')
  const [rate, cpu, delay] = [
    medianOf(name, 'rate'),
    medianOf(name, 'cpu'),
    medianOf(name, 'delay'),
  ]
  console.log(
    `${name}: ${cpu.toFixed(1)} µs CPU, ${ratio} × bare, ${Math.round(rate)}/s, event loop p99 ${delay.toFixed(1)} ms`,
  )
}
if (bullmq) {
  for (const peer of ['BullMQ, the same transport', 'BullMQ, fetch', 'BullMQ, undici']) {
    console.log(`sender with SQLite: ${ratioOf('sender, SQLite store', peer)} × ${peer}`)
  }
}

filled.close()
rmSync(folder, { recursive: true })
sink.stop()
await bullmq?.stop()
