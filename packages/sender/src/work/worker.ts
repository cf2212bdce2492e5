import type { Clock } from '../clock.ts'
import type { ClaimedDelivery, DeliveryStore } from '../store/delivery-store.ts'
import type { RequestLimits } from '../store/request-limits.ts'
import { waitForTurnEnd } from './wait-for-turn-end.ts'

/** What a worker needs: it only claims and hands on; what is sent and how is `run`'s. */
export interface WorkerOptions {
  readonly store: DeliveryStore
  readonly clock: Clock
  /** How many requests at once. */
  readonly concurrency: number
  /** How many at once, and a second, to each endpoint and for each owner. */
  readonly limits: RequestLimits
  /** Milliseconds that a claim holds. */
  readonly lease: number
  /** Milliseconds that `stop` waits before it cuts requests off. */
  readonly grace: number
  /** Sends one delivery and commits it; never rejects. Says when its request has ended, so that another may begin. */
  readonly run: (delivery: ClaimedDelivery, stop: AbortSignal, free: () => void) => Promise<void>
  /** Returns what other workers lost to the schedule. */
  readonly sweep: () => Promise<void>
  /** A store that fails: the worker goes on, and tries again later. */
  readonly onError: (error: unknown) => void
}

/** Sends what is due, in the background or on demand. */
export interface Worker {
  start(): void
  /** Stops claiming, and waits until everything that was begun has ended; after `grace` it is cut off. */
  stop(): Promise<void>
  /** Something new may be due. */
  wake(): void
  /** Sends all that is due now, and waits for it. Resolves to how many were sent. */
  drain(): Promise<number>
  /** Lets `stop` wait for work besides deliveries, and cut it off. */
  track<TResult>(work: (stop: AbortSignal, free: () => void) => Promise<TResult>): Promise<TResult>
}

// the store may be shared: what others add is found this late at worst
const LONGEST_SLEEP = 1000

/** Makes a worker; nothing runs until `start` or `drain`. */
export function createWorker(options: WorkerOptions): Worker {
  const { store, clock, concurrency, limits, lease, grace, run, sweep, onError } = options
  const running = new Set<Promise<unknown>>()
  // of what is running: the others are being recorded
  let requests = 0
  let cutOff = new AbortController()
  let started = false
  let claiming: Promise<void> | undefined
  let draining: Promise<number> | undefined
  let again = false
  let drainAgain = false
  let cancelSleep = () => {}

  const track = <TResult>(
    work: (stop: AbortSignal, free: () => void) => Promise<TResult>,
  ): Promise<TResult> => {
    let isRequesting = true
    requests += 1
    const free = () => {
      if (!isRequesting) return
      isRequesting = false
      requests -= 1
      wake()
    }
    const result = work(cutOff.signal, free)
    const end = () => {
      free()
      running.delete(result)
      wake()
    }
    running.add(result)
    result.then(end, end) // whoever asked for the work is told
    return result
  }

  /** Claims as many as there is room for, and begins to send them; nothing where calls took the room meanwhile. */
  const claimDue = async () => {
    await waitForTurnEnd()
    await sweep()
    const limit = concurrency - requests
    if (limit <= 0) return { sending: [], delay: LONGEST_SLEEP, isFull: true }
    const { deliveries, nextDueAt } = await store.claim({ limit, lease, limits })
    const sending = deliveries.map((delivery) => track((stop, free) => run(delivery, stop, free)))
    const delay = nextDueAt === undefined ? LONGEST_SLEEP : nextDueAt - clock.now()
    return { sending, delay, isFull: false }
  }

  // one claim at a time; a wake-up during it is one more claim after it
  const wake = () => {
    if (!started) return
    if (claiming) {
      again = true
      return
    }
    if (requests >= concurrency) return // whoever ends first wakes us
    cancelSleep()
    claiming = claimDue()
      .then(({ delay }) => delay)
      .catch((error: unknown) => {
        onError(error)
        return LONGEST_SLEEP
      })
      .then((delay) => {
        claiming = undefined
        const isWoken = again
        again = false
        if (!started) return
        if (isWoken) wake()
        else cancelSleep = clock.after(Math.min(Math.max(delay, 0), LONGEST_SLEEP), wake)
      })
  }

  const drain = async () => {
    const { signal } = cutOff
    const own = new Set<Promise<unknown>>()
    let sent = 0
    while (!signal.aborted) {
      if (requests >= concurrency) {
        await Promise.race(running).catch(() => {}) // whoever asked for it is told
        continue
      }
      const { sending, isFull } = await claimDue()
      sent += sending.length
      for (const one of sending) {
        own.add(one)
        void one.finally(() => own.delete(one))
      }
      if (isFull || sending.length > 0) continue
      // what ends may make room for more, where an endpoint takes only so many at once
      if (own.size > 0) await Promise.race(own)
      else if (drainAgain)
        drainAgain = false // something came while the last claim was made
      else break
    }
    await Promise.all(own)
    return sent
  }

  return {
    start() {
      started = true
      wake()
    },
    async stop() {
      started = false
      cancelSleep()
      const current = cutOff
      const cancelGrace = clock.after(grace, () => current.abort())
      // what a claim in flight has claimed is sent, and waited for
      await claiming
      await draining?.catch(() => {})
      while (running.size > 0) await Promise.allSettled(running)
      cancelGrace()
      cutOff = new AbortController()
    },
    wake,
    drain() {
      if (draining) drainAgain = true
      draining ??= drain().finally(() => {
        draining = undefined
      })
      return draining
    },
    track,
  }
}
