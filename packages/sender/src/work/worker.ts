import type { Clock } from '../clock.ts'
import type { ClaimedDelivery, DeliveryStore } from '../store/delivery-store.ts'
import type { RequestLimits } from '../store/request-limits.ts'
import { createDrain } from './drain.ts'
import { createInFlight, type Work } from './in-flight.ts'
import { waitForTurnEnd } from './wait-for-turn-end.ts'

/** The dependencies of a worker: it only claims; `run` decides what is sent, and how. */
export interface WorkerOptions {
  readonly store: DeliveryStore
  readonly clock: Clock
  /** Requests at once. */
  readonly concurrency: number
  /** Requests at once, and a second, to each endpoint and for each owner. */
  readonly limits: RequestLimits
  /** Milliseconds that a claim holds. */
  readonly lease: number
  /** Milliseconds that `stop` waits before it aborts requests. */
  readonly grace: number
  /** Sends one delivery and commits it; never rejects. Calls `free` when its request has ended. */
  readonly run: (delivery: ClaimedDelivery, stop: AbortSignal, free: () => void) => Promise<void>
  /** Returns to the schedule what other workers lost. */
  readonly sweep: () => Promise<void>
  /** Reports an error of the store; the worker tries again later. */
  readonly onError: (error: unknown) => void
}

/** Sends what is due, in the background or on demand. */
export interface Worker {
  start(): void
  /** Stops claiming, and waits until all work has ended; after `grace` requests are aborted. */
  stop(): Promise<void>
  /** Says that something new may be due. */
  wake(): void
  /** Sends everything due now, and waits for it. Resolves to the number of deliveries sent. */
  drain(): Promise<number>
  /** Makes `stop` wait for work other than deliveries, and abort it. */
  track<TResult>(work: Work<TResult>): Promise<TResult>
}

// another process may add to the store: the latest time at which that is found
const LONGEST_SLEEP = 1000

/** Makes a worker; nothing runs until `start` or `drain`. */
export function createWorker(options: WorkerOptions): Worker {
  const { store, clock, concurrency, limits, lease, grace, run, sweep, onError } = options
  let isStarted = false
  let claiming: Promise<void> | undefined
  let isWoken = false
  let cancelSleep = () => {}

  // one claim at a time; a wake-up during a claim is one more claim after it
  const wake = () => {
    if (!isStarted) return
    if (claiming) {
      isWoken = true
      return
    }
    if (inFlight.requests >= concurrency) return // the first to end wakes us
    cancelSleep()
    claiming = claimDue()
      .then(({ delay }) => delay)
      .catch((error: unknown) => {
        onError(error)
        return LONGEST_SLEEP
      })
      .then((delay) => {
        claiming = undefined
        const isAgain = isWoken
        isWoken = false
        if (!isStarted) return
        if (isAgain) wake()
        else cancelSleep = clock.after(Math.min(Math.max(delay, 0), LONGEST_SLEEP), wake)
      })
  }
  const inFlight = createInFlight(wake)

  /** Claims as many as there is room for, and begins to send them; calls may have taken the room meanwhile. */
  const claimDue = async () => {
    await waitForTurnEnd()
    await sweep()
    const limit = concurrency - inFlight.requests
    if (limit <= 0) return { sending: [], delay: LONGEST_SLEEP, isFull: true }
    const { deliveries, nextDueAt } = await store.claim({ limit, lease, limits })
    const sending = deliveries.map((delivery) =>
      inFlight.track((stop, free) => run(delivery, stop, free)),
    )
    const delay = nextDueAt === undefined ? LONGEST_SLEEP : nextDueAt - clock.now()
    return { sending, delay, isFull: false }
  }
  const { drain, waitForEnd } = createDrain({ inFlight, concurrency, claimDue })

  return {
    start() {
      isStarted = true
      wake()
    },
    async stop() {
      isStarted = false
      cancelSleep()
      const cancelGrace = clock.after(grace, () => inFlight.abort())
      // what a claim in progress claims is still sent, and waited for
      await claiming
      await waitForEnd()
      await inFlight.waitForAll()
      cancelGrace()
      inFlight.reset()
    },
    wake,
    drain,
    track: (work) => inFlight.track(work),
  }
}
