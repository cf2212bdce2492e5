import { expect, it } from 'vitest'
import type { ClaimedDelivery, DeliveryStore, DeliveryTransition } from '../store/delivery-store.ts'
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
  const givenBack: DeliveryTransition[] = []
  const sent: string[] = []
  const ends: (() => void)[] = []
  // requests that end during the next claim
  let endsDuringClaim = 0
  let owner = 'ann'
  const store: DeliveryStore = {
    ...memoryStore({ clock, volatile: true }),
    async claim({ limit }) {
      now += claimTakes
      claimed.push(limit)
      for (const end of ends.splice(0, endsDuringClaim)) end()
      endsDuringClaim = 0
      const deliveries = Array.from({ length: limit }, () => {
        return { owner, attemptCount: 1, refusals: 0 } as ClaimedDelivery // the worker reads nothing else
      })
      return { deliveries, swept: [], nextIn: 0 }
    },
    async commit(_, transition) {
      givenBack.push(transition)
      return { kind: 'lost' }
    },
  }
  const worker = createWorker({
    ...{ store, clock, concurrency: 16, limits: { endpoint: {} }, lease: 1000, grace: 0 },
    onSwept() {},
    clean: async () => {},
    onError(error) {
      throw error
    },
    run: ({ owner }, __, free) =>
      new Promise((resolve) => {
        sent.push(owner)
        ends.push(() => {
          free()
          resolve()
        })
      }),
  })
  return {
    worker,
    claimed,
    givenBack,
    sent,
    set endsDuringClaim(count: number) {
      endsDuringClaim = count
    },
    set owner(given: string) {
      owner = given
    },
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

/** A worker that makes 14 requests of 16, and has 10 deliveries that wait for them to end. */
async function createBusyScene() {
  const scene = createScene(20)
  scene.worker.start()
  await scene.end(0)
  scene.endsDuringClaim = 3
  await scene.end(7)
  return scene
}

it('whose requests end while it claims claims as many more as end between two claims', async () => {
  const { claimed, sent, end } = await createBusyScene()
  expect(claimed).toEqual([14, 7, 13])
  expect(sent).toHaveLength(24)
  // of those that wait, and without a claim
  await end(4)
  expect(claimed).toEqual([14, 7, 13])
  expect(sent).toHaveLength(28)
})

it('gives back what has waited for a second, since others may have room', async () => {
  const { sent, givenBack, pass } = await createBusyScene()
  await pass(999)
  expect(givenBack).toEqual([])
  await pass(1)
  expect(givenBack).toEqual(
    Array.from({ length: 10 }, () => ({ state: 'scheduled', attemptCount: 1, refusals: 0 })),
  )
  expect(sent).toHaveLength(24)
})

it('gives back what waits when it is stopped, and sends what it has begun', async () => {
  const { worker, sent, givenBack, end } = await createBusyScene()
  let isStopped = false
  const stopped = worker.stop().then(() => {
    isStopped = true
  })
  await end(0)
  expect(givenBack).toHaveLength(10)
  expect(isStopped).toBe(false)
  await end(14)
  await stopped
  expect(sent).toHaveLength(24)
})

it('sends for another owner beside what waits for requests of the first', async () => {
  const scene = await createBusyScene()
  scene.owner = 'bob'
  scene.worker.wake()
  await scene.end(0)
  await scene.pass(20)
  expect(scene.sent.slice(24)).toEqual(['bob', 'bob'])
})

it('does not count as sent by a drain what is given back', async () => {
  const scene = createScene(20)
  const drained = scene.worker.drain()
  await scene.end(0)
  scene.endsDuringClaim = 3
  await scene.end(7)
  const stopped = scene.worker.stop()
  await scene.pass(0)
  expect(scene.givenBack.length).toBeGreaterThan(0)
  await scene.end(100)
  await scene.end(100)
  await stopped
  expect((await drained).sent).toBe(scene.sent.length)
})
