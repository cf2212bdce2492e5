import type { Clock } from './clock.ts'
import type { ClaimedDelivery, DeliveryStore } from './store.ts'

/** What a worker needs: it only claims and hands on; what is sent and how is `run`'s. */
export interface WorkerOptions {
  readonly store: DeliveryStore
  readonly clock: Clock
  /** How many requests at once. */
  readonly concurrency: number
  /** Milliseconds that a claim holds. */
  readonly lease: number
  /** Sends one delivery and commits it; never rejects. */
  readonly run: (delivery: ClaimedDelivery) => Promise<void>
  /** Returns what other workers lost to the schedule. */
  readonly sweep: () => Promise<void>
  /** A store that fails: the worker goes on, and tries again later. */
  readonly onError: (error: unknown) => void
}

/** Sends what is due, in the background or on demand. */
export interface Worker {
  start(): void
  /** Stops claiming, and waits until what is being sent has ended. */
  stop(): Promise<void>
  /** Something new may be due. */
  wake(): void
  /** Sends all that is due now, and waits for it. Resolves to how many were sent. */
  drain(): Promise<number>
}

// the store may be shared: what others add is found this late at worst
const LONGEST_SLEEP = 1000

/** Makes a worker; nothing runs until `start` or `drain`. */
export function createWorker(options: WorkerOptions): Worker {
  const { store, clock, concurrency, lease, run, sweep, onError } = options
  const running = new Set<Promise<void>>()
  let started = false
  let claiming = false
  let again = false
  let cancelSleep = () => {}

  const launch = (delivery: ClaimedDelivery) => {
    const done = run(delivery).finally(() => {
      running.delete(done)
      if (started) wake()
    })
    running.add(done)
  }

  const claimDue = async (): Promise<number> => {
    await sweep()
    const { deliveries, nextDueAt } = await store.claim({
      limit: concurrency - running.size,
      lease,
    })
    for (const delivery of deliveries) launch(delivery)
    return nextDueAt === undefined ? LONGEST_SLEEP : nextDueAt - clock.now()
  }

  // one claim at a time; a wake-up during it is one more claim after it
  const wake = () => {
    if (!started) return
    if (claiming) {
      again = true
      return
    }
    if (running.size >= concurrency) return // whoever ends first wakes us
    claiming = true
    cancelSleep()
    claimDue()
      .catch((error: unknown) => {
        onError(error)
        return LONGEST_SLEEP
      })
      .then((delay) => {
        claiming = false
        if (!started) return
        if (again) {
          again = false
          wake()
        } else {
          cancelSleep = clock.after(Math.min(Math.max(delay, 0), LONGEST_SLEEP), wake)
        }
      })
  }

  return {
    start() {
      started = true
      wake()
    },
    async stop() {
      started = false
      cancelSleep()
      await Promise.all(running)
    },
    wake,
    async drain() {
      let sent = 0
      for (;;) {
        await sweep()
        const { deliveries } = await store.claim({ limit: concurrency, lease })
        if (deliveries.length === 0) return sent
        sent += deliveries.length
        await Promise.all(deliveries.map(run))
      }
    },
  }
}
