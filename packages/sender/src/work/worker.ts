import type { Delivery } from '@ringback/core'
import type { Clock } from '../clock.ts'
import type { ClaimedDelivery, DeliveryStore } from '../store/delivery-store.ts'
import type { RequestLimits } from '../store/request-limits.ts'
import { createDrain, type Drained } from './drain.ts'
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
  /** Called with the deliveries that a claim found over: leases that other workers lost, and expired ones. */
  readonly onSwept: (deliveries: readonly Delivery[]) => void
  /** Called before each claim, to erase what is old. */
  readonly clean: () => Promise<void>
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
  /** Sends everything due now, and waits for it. */
  drain(): Promise<Drained>
  /** Makes `stop` wait for work other than deliveries, and abort it. */
  track<TResult>(work: Work<TResult>): Promise<TResult>
}

// another process may add to the store: the latest time at which that is found
const LONGEST_SLEEP = 1000

/** Makes a worker; nothing runs until `start` or `drain`. */
export function createWorker(options: WorkerOptions): Worker {
  const { store, clock, concurrency, limits, lease, grace, run, onSwept, clean, onError } = options
  let isStarted = false
  let claiming: Promise<void> | undefined
  let isWoken = false
  let cancelSleep = () => {}
  let stopListening = () => {}

  // one claim at a time; a wake-up during a claim is one more claim after it
  const wake = () => {
    joinDrain()
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
    await clean()
    const limit = concurrency - inFlight.requests
    if (limit <= 0) return { sending: [], delay: LONGEST_SLEEP, isFull: true }
    const { deliveries, swept, nextIn } = await store.claim({ limit, lease, limits })
    onSwept(swept)
    const sending = deliveries.map((delivery) =>
      inFlight.track((stop, free) => run(delivery, stop, free)),
    )
    const next = nextIn === undefined ? {} : { nextIn }
    return { sending, delay: nextIn ?? LONGEST_SLEEP, isFull: false, ...next }
  }
  const drains = createDrain({ inFlight, concurrency, claimDue, clock })
  const joinDrain = drains.join

  return {
    start() {
      isStarted = true
      stopListening()
      stopListening = store.onWake?.(wake) ?? (() => {})
      wake()
    },
    async stop() {
      isStarted = false
      stopListening()
      stopListening = () => {}
      cancelSleep()
      const cancelGrace = clock.after(grace, () => inFlight.abort())
      // what a claim in progress claims is still sent, and waited for
      await claiming
      await drains.waitForEnd()
      await inFlight.waitForAll()
      cancelGrace()
      inFlight.reset()
    },
    wake,
    drain: drains.drain,
    track: (work) => inFlight.track(work),
  }
}
