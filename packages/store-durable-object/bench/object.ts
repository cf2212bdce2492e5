// How many deliveries one object takes and sends a second, beside an object that does the least, and the rows that each
// writes. The time of the processor is workerd's alone, so that a busy machine changes it little; Linux has it.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startWorkerd } from '../test/workerd.ts'
import { readCpu } from './read-cpu.ts'

// fewer on a busy machine: `node bench/object.ts 5 300`
const [rounds = '5', count = '2000'] = process.argv.slice(2)
const COUNT = Number(count)

let received = 0
const sink = createServer((request, response) => {
  request.resume().on('end', () => {
    received += 1
    response.writeHead(204).end()
  })
}).listen(0, '127.0.0.1')
await once(sink, 'listening')
const url = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/`

const workerd = await startWorkerd('../bench/worker', {
  objects: { CALLBACKS: 'Callbacks', ROWS: 'Rows', BARE: 'Bare' },
})
for (const atOnce of [1, 100]) {
  const response = await fetch(`${workerd.url}/rows?count=${atOnce}`)
  console.log(`rows written per delivery, ${atOnce} at once:`, await response.json())
}

interface Round {
  readonly stored: number
  readonly sent: number
  readonly cpu: number
}

/** Sends so many deliveries, and gives the milliseconds until all were stored, and sent. */
async function flood(path: string): Promise<Round> {
  received = 0
  const cpu = readCpu()
  const begin = performance.now()
  await fetch(`${workerd.url}${path}?count=${COUNT}&url=${url}`)
  const stored = performance.now() - begin
  while (received < COUNT) await new Promise((resolve) => setTimeout(resolve, 5))
  return { stored, sent: performance.now() - begin, cpu: readCpu() - cpu }
}

const all = new Map<string, Round[]>([
  ['/bare', []],
  ['/flood', []],
])
for (let round = 0; round <= Number(rounds); round += 1) {
  for (const [path, done] of all) {
    const one = await flood(path)
    // the first warms up
    if (round > 0) done.push(one)
  }
}
const medianOf = (values: number[]) =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
for (const [path, done] of all) {
  const rateOf = (name: keyof Round) => {
    const rates = done.map((one) => Math.round((COUNT / one[name]) * 1000))
    const median = medianOf(rates)
    return `${median}/s (${rates.at(0)} to ${rates.at(-1)})`
  }
  console.log(
    `${path}: stored ${rateOf('stored')}, delivered ${rateOf('sent')}, ${rateOf('cpu')} of one processor`,
  )
}
await workerd.close()
sink.closeAllConnections()
sink.close()
