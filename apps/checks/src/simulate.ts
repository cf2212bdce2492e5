// `npm run simulate`: a million deliveries an hour to 50,000 endpoints, 1 % of them dead. `npm run simulate -- 5`: five
// minutes of it.
import { readFileSync } from 'node:fs'
import { type SimulationCosts, simulate } from './simulation/simulate.ts'

// written by bench/drain.ts there, of 1,000 endpoints of 100 owners
const FILE = new URL('../../../packages/store-postgres/bench/costs.json', import.meta.url)
const costs: SimulationCosts = JSON.parse(readFileSync(FILE, 'utf8'))
console.log('milliseconds of a core:', costs)

const [minutes = '60'] = process.argv.slice(2)
for (const processes of [1, 2, 4]) {
  for (const concurrency of [64, 256]) {
    const report = await simulate({
      duration: Number(minutes) * 60_000,
      rate: 1_000_000 / 3600,
      endpoints: 50_000,
      dead: 0.01,
      owners: 500,
      processes,
      concurrency,
      costs,
    })
    const { stored, delivered, requests, p50, p99, depth, rows, database, worker } = report
    console.log(
      `${processes} processes, ${concurrency} requests at once: ${stored} stored, ${delivered} delivered by ${requests} requests; due to sent p50 ${p50} ms, p99 ${p99} ms; at most ${depth} waited; ${rows} rows; database ${Math.round(database * 100)} %, busiest process ${Math.round(worker * 100)} % of a core`,
    )
  }
}
process.exit()
