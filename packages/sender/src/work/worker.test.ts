import { expect, it } from 'vitest'
import type { ClaimedDelivery, DeliveryStore } from '../store/delivery-store.ts'
import { memoryStore } from '../store/memory/memory-store.ts'
import { createWorker } from './worker.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

/** A worker over a store of which a claim takes some time by the clock, and whose requests end when they are told. */
function createScene(claimTakes: number) {
  let now = 0
  const timers = new Set<{ readonly at: number; readonly run: () => void }>()
  const clock = {
    now: () => now,
    after(delay: number, run: () => void) {
      const timer = { at: now + delay, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
  const claimed: number[] = []
  const ends: (() => void)[] = []
  const store: DeliveryStore = {
    ...memoryStore({ clock, volatile: true }),
    async claim({ limit }) {
      now += claimTakes
      claimed.push(limit)
      const delivery = { owner: 'ann' } as ClaimedDelivery // the worker reads nothing else
      return { deliveries: Array.from({ length: limit }, () => delivery), swept: [], nextIn: 0 }
    },
  }
  const worker = createWorker({
    ...{ store, clock, concurrency: 16, limits: { endpoint: {} }, lease: 1000, grace: 0 },
    onSwept() {},
    clean: async () => {},
    onError(error) {
      throw error
    },
    run: (_, __, free) =>
      new Promise((resolve) => {
        ends.push(() => {
          free()
          resolve()
        })
      }),
  })
  return {
    worker,
    claimed,
    async end(count: number) {
      for (const end of ends.splice(0, count)) end()
      for (let turn = 0; turn < 5; turn += 1) await settled()
    },
    async pass(time: number) {
      now += time
      for (const timer of timers) {
        if (timer.at > now) continue
        timers.delete(timer)
        timer.run()
      }
      for (let turn = 0; turn < 5; turn += 1) await settled()
    },
  }
}

it('that claims for long gathers room for as long, so that it claims less often', async () => {
  const { worker, claimed, end, pass } = createScene(20)
  worker.start()
  await end(0)
  expect(claimed).toEqual([14])
  await end(3)
  await end(2)
  expect(claimed).toEqual([14])
  await pass(20)
  expect(claimed).toEqual([14, 5])
})

it('that has half of its requests left claims at once', async () => {
  const { worker, claimed, end } = createScene(20)
  worker.start()
  await end(0)
  await end(6)
  expect(claimed).toEqual([14, 6])
})

it('whose claims take no time claims for each request that ends', async () => {
  const { worker, claimed, end } = createScene(0)
  worker.start()
  await end(0)
  await end(4)
  expect(claimed.slice(0, 2)).toEqual([14, 4])
})
