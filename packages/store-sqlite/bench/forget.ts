// The turns of the event loop while 20,000 deliveries are stored, and while they are forgotten: node bench/forget.ts
// Each line: how long the loop was held up, at its slowest hundredth and at most, in milliseconds. Where Linux tells
// it, the time for which other processes had the processor does not count.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { DeliveryStore } from '@ringback/sender'
import { sqliteStore } from '../src/index.ts'
import { inFolder } from './contenders.ts'

const DELIVERIES = 20_000
const SLICE = 64
const ROUNDS = 5

for (let round = 0; round < ROUNDS; round += 1) {
  await inFolder(async (folder) => {
    const store = sqliteStore(join(folder, 'callbacks.db'))
    await watch('stored', () => fill(store))
    await watch('forgotten', async () => {
      while ((await store.erase({ owner: 'ann' })) > 0);
    })
    store.close()
  })
}

async function fill(store: DeliveryStore): Promise<void> {
  const now = Date.now()
  for (let n = 0; n < DELIVERIES; n += SLICE) {
    const ids = Array.from({ length: SLICE }, (_, i) => `msg_${String(n + i).padStart(8, '0')}`)
    await Promise.all(
      ids.map((id) =>
        store.enqueue(
          {
            id,
            state: 'delivered',
            owner: 'ann',
            operationId: 'postOrders',
            callback: 'paid',
            method: 'post',
            url: 'https://a.example/',
            endpoint: 'https://a.example',
            attemptCount: 1,
            refusals: 0,
            createdAt: now,
            payload: new Uint8Array(2000),
          },
          [{ startedAt: now, duration: 1, status: 200 }],
        ),
      ),
    )
  }
}

/** Prints for how long work held up the event loop. */
async function watch(what: string, work: () => Promise<void>): Promise<void> {
  let isDone = false
  const turns: number[] = []
  const watching = (async () => {
    while (!isDone) {
      const [before, waited] = [performance.now(), waitedForProcessor()]
      await setImmediate()
      turns.push(performance.now() - before - (waitedForProcessor() - waited))
    }
  })()
  const start = performance.now()
  await work()
  const total = performance.now() - start
  isDone = true
  await watching
  // most turns of an idle loop take no time, and would hide the others
  const held = turns.filter((turn) => turn > 1).sort((a, b) => a - b)
  const at = (part: number) => (held[Math.ceil(held.length * part) - 1] ?? 0).toFixed(1)
  console.log(
    `${what}: p99 ${at(0.99)}, most ${at(1)} of ${held.length} turns over 1 ms, in ${(total / 1000).toFixed(1)} s`,
  )
}

/** Milliseconds for which the first thread of this process could have run, and had no processor. */
function waitedForProcessor(): number {
  try {
    const stat = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1')
    return Number(stat.split(' ')[1]) / 1e6
  } catch {
    return 0
  }
}
