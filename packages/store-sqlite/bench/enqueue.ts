// Callbacks that are stored one by one, each durable before the next, beside one row by SQLite itself: node bench/enqueue.ts
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sqliteStore } from '../src/index.ts'
import { inFolder } from './contenders.ts'
import { median } from './median.ts'
import { PAYLOAD_BYTES } from './message-to.ts'

const ROUNDS = 9
const COUNT = 8000
const URL = 'https://receiver.example/in'

const rates: Record<'ours' | 'bare' | 'ratio', number[]> = { ours: [], bare: [], ratio: [] }
await inFolder(async (folder) => {
  const store = sqliteStore(join(folder, 'callbacks.db'))
  const database = new DatabaseSync(join(folder, 'bare.db'))
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('PRAGMA synchronous = NORMAL')
  database.exec('CREATE TABLE message (seq INTEGER PRIMARY KEY, id TEXT, payload BLOB)')
  const insert = database.prepare('INSERT INTO message (id, payload) VALUES (?, ?)')
  const payload = new Uint8Array(PAYLOAD_BYTES)

  for (let round = 0; round <= ROUNDS; round += 1) {
    const ours = await rateOf(async (id) => {
      const delivery = { id, owner: 'default', operationId: 'postOrders', callback: 'paid' }
      const times = { createdAt: 1, dueAt: 1, attemptCount: 0, refusals: 0 }
      const target = { state: 'scheduled', method: 'post', url: URL, endpoint: URL } as const
      await store.enqueue({ ...delivery, ...times, ...target, payload })
    }, round)
    const bare = await rateOf((id) => insert.run(id, payload), round)
    // before that, code is still being compiled
    if (round === 0) continue
    rates.ours.push(ours)
    rates.bare.push(bare)
    rates.ratio.push(ours / bare)
  }
  store.close()
  database.close()
})
const [least, most] = [Math.min(...rates.ratio), Math.max(...rates.ratio)]
console.log(
  `enqueue in SQLite, one by one: ${Math.round(median(rates.ours))}/s, ${median(rates.ratio).toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)}) × one row of SQLite's own, ${Math.round(median(rates.bare))}/s`,
)

async function rateOf(store: (id: string) => unknown, round: number): Promise<number> {
  const before = performance.now()
  for (let n = 0; n < COUNT; n += 1) await store(`msg_${round}_${n}`)
  return (COUNT / (performance.now() - before)) * 1000
}
