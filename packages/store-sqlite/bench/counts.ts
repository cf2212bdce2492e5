// What the statistics cost: the CPU of counting so many deliveries, as a share of sending as many: node bench/counts.ts
// Counts are written once a second; here every thousand deliveries, as if a second had passed, which is slow.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createNodeDriver } from '../src/node/node-driver.ts'
import { openDatabase } from '../src/node/open-database.ts'
import { createCounts } from '../src/sql/counts.ts'
import { type Contender, withSqlite } from './contenders.ts'
import { median } from './median.ts'
import { startSink } from './start-sink.ts'

const ROUNDS = 5
const WARM_UP = 1
const COUNT = 8000
const SECOND = 1000
const START = 1_700_000_000_000

const sink = await startSink()
const folder = mkdtempSync(join(tmpdir(), 'bench-'))
let files = 0

/** Counts as many deliveries to so many endpoints as a sender would, in a file of its own; gives the CPU of one. */
function countAlone(endpoints: number): number {
  files += 1
  const database = openDatabase(join(folder, `${files}.db`), 'normal')
  const driver = createNodeDriver(database)
  const counts = createCounts(driver)
  const attempt = { startedAt: START, duration: 3, status: 200 }
  const before = process.cpuUsage()
  for (let n = 0; n < COUNT; n += 1) {
    const now = START + Math.floor(n / SECOND) * SECOND
    const delivery = {
      owner: `owner-${n % endpoints}`,
      callback: 'paid',
      endpoint: 'https://a.example',
      state: 'delivered',
      createdAt: now - 5,
    } as const
    counts.countAttempt(delivery, attempt, { isDelivered: true, now })
    counts.countEnd(delivery, now)
    counts.keep()
    if (n % SECOND !== SECOND - 1) continue
    driver.transaction(() => counts.settle(now + SECOND))
    counts.keep()
  }
  const used = cpuSince(before)
  database.close()
  return used
}

/** Microseconds for each delivery. */
function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / COUNT
}

for (const endpoints of [1, 20, 1000]) {
  const send: Contender = withSqlite(endpoints)
  const sending: number[] = []
  const counting: number[] = []
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const before = process.cpuUsage()
    await send(COUNT, sink.url)
    const sent = cpuSince(before)
    const counted = countAlone(endpoints)
    if (round < 0) continue
    sending.push(sent)
    counting.push(counted)
  }
  const [whole, part] = [median(sending), median(counting)]
  console.log(
    `${endpoints} endpoints: ${whole.toFixed(1)} µs a delivery, of which counting ${part.toFixed(2)} µs, ${((part / whole) * 100).toFixed(1)} %`,
  )
}
sink.stop()
rmSync(folder, { recursive: true })
