// CPU and memory of a document of 1,000 operations with callbacks, each time in a new process: node bench/document.ts
// The peers take part once they are installed: npm install --ignore-scripts --no-package-lock --prefix bench/peers
import { once } from 'node:events'
import type { Cost } from './document/measure.ts'
import { startProcess } from './process.ts'
import { isInstalled, ratioOf, spread } from './rounds.ts'

const ROUNDS = 9
const OPERATIONS = 1_000
const SIZES = [500, 1_000, 2_000]

const BARE = '1,000 bare conversions'
const OURS = 'ours, callbacks included'

const contenders = new Map([
  [BARE, 'document/conversions.ts'],
  ['5,000: all that ours describes', 'document/all-conversions.ts'],
  [OURS, 'document/ours.ts'],
  ['ours, no callbacks', 'document/ours-without-callbacks.ts'],
  ['ours, a body and an answer', 'document/ours-body-and-answer.ts'],
])
if (isInstalled('hono-openapi')) {
  contenders.set('hono-openapi, no callbacks', 'peers/document/hono-openapi.mjs')
  contenders.set('hono-openapi, body and answer', 'peers/document/hono-openapi-body-and-answer.mjs')
  contenders.set('@hono/zod-openapi, no callbacks', 'peers/document/zod-openapi.mjs')
} else {
  console.log('without peers, which are not installed: the second line of this file has how\n')
}

const rounds: Map<string, Cost>[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  const costs = new Map<string, Cost>()
  for (const [name, file] of contenders) costs.set(name, await costOf(file, OPERATIONS))
  rounds.push(costs)
}
const times = rounds.map(
  (costs) => new Map([...costs].map(([name, { milliseconds }]) => [name, milliseconds])),
)

console.log(`a document of ${OPERATIONS.toLocaleString('en')} operations, cold`)
for (const name of contenders.keys()) {
  const of = (pick: (cost: Cost) => number) =>
    spread(rounds.flatMap((costs) => costs.get(name) ?? []).map(pick)).median
  const ratio = ratioOf(times, name, BARE)
  const half = `${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}`
  console.log(
    `  ${name.padEnd(32)} ${of((cost) => cost.milliseconds)
      .toFixed(0)
      .padStart(5)} ms  ${ratio.median.toFixed(2)}  (half of the rounds: ${half})` +
      `  peak ${of((cost) => cost.megabytes).toFixed(0)} MB, ${of((cost) => cost.grown).toFixed(0)} of it new` +
      `  ${(of((cost) => cost.characters) / 1e6).toFixed(2)} MB of JSON`,
  )
}

console.log('\nours, by the number of operations')
const file = contenders.get(OURS) ?? ''
const series = new Map(SIZES.map((size) => [size, [] as number[]]))
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [size, all] of series) all.push((await costOf(file, size)).milliseconds)
}
for (const [size, all] of series) {
  const { median } = spread(all)
  const each = (median / size) * 1_000
  console.log(
    `  ${String(size).padStart(5)}  ${median.toFixed(0).padStart(4)} ms, ${each.toFixed(0)} µs each`,
  )
}

async function costOf(file: string, operations: number): Promise<Cost> {
  const child = startProcess(file, String(operations))
  const exit = once(child, 'exit')
  const message = once(child, 'message')
  const [cost] = await Promise.race([
    message,
    exit.then(([code]): never => {
      throw new Error(`${file} ended with ${code}`)
    }),
  ])
  await exit
  return cost
}
