// From send to answer, over more and more that waits: node bench/curve.ts
// Each line: what waits, the median and the slowest hundredth of 20,000 sends, and the memory that it takes: medians
// of interleaved rounds with the least and the most, each in a process of its own.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Load } from './fill-store.ts'
import type { Latency } from './latency.ts'
import { median } from './median.ts'

const ROUNDS = 7
const LOADS: readonly Load[] = [
  ...[1, 1000, 10_000, 100_000].map((pending) => ({ pending, endpoints: 1, isDead: false })),
  ...[100, 10_000].map((endpoints) => ({ pending: 10_000, endpoints, isDead: false })),
  { pending: 100_000, endpoints: 1, isDead: true },
]

const program = fileURLToPath(new URL('latency.ts', import.meta.url))
const measured = new Map<Load, Latency[]>(LOADS.map((load) => [load, []]))
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [load, latencies] of measured) {
    const printed = execFileSync(process.execPath, [program, JSON.stringify(load)])
    latencies.push(JSON.parse(String(printed)))
  }
}
for (const [{ pending, endpoints, isDead }, latencies] of measured) {
  const spread = (member: keyof Latency, digits: number) => {
    const values = latencies.map((latency) => latency[member]).sort((a, b) => a - b)
    const [middle, least, most] = [median(values), values[0], values.at(-1)]
    return `${middle.toFixed(digits)} (${least?.toFixed(digits)} to ${most?.toFixed(digits)})`
  }
  const where = isDead ? 'a dead endpoint' : `${endpoints} endpoints`
  console.log(`${pending} for ${where}:`)
  console.log(
    `  p50 ${spread('middle', 2)} ms, p99 ${spread('slowest', 2)} ms, ${spread('megabytes', 0)} MB`,
  )
}
