import type { Delivery } from '@ringback/core'
import type { Clock } from '../clock.ts'
import type { ClaimedDelivery, DeliveryStore, StoredDelivery } from '../store/delivery-store.ts'
import type { RequestLimits } from '../store/request-limits.ts'
import { createCallSlots } from './call-slots.ts'
import { createClaimedAhead } from './claimed-ahead.ts'
import { createDrain, type Drained } from './drain.ts'
import { createInFlight, type Work } from './in-flight.ts'
import { roomForClaim } from './reserve.ts'
import type { Stop } from './stop.ts'
import { waitForTurnEnd } from './wait-for-turn-end.ts'

/** The dependencies of a worker: it only claims; `run` decides what is sent, and how. */
export interface WorkerOptions {
  readonly store: DeliveryStore
  readonly clock: Clock
  /** Requests at once; as many calls at once besides. */
  readonly concurrency: number
  /** Requests at once, and a second, to each endpoint and for each owner. */
  readonly limits: RequestLimits
  /** Milliseconds that a claim holds. */
  readonly lease: number
  /** Milliseconds that `stop` waits before it aborts requests. */
  readonly grace: number
  /** Sends one delivery and commits it; never rejects. Calls `free` when its request has ended. */
  readonly run: (delivery: ClaimedDelivery, stop: Stop, free: () => void) => Promise<void>
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
  /**
   * Makes a call, which has a slot of its own; `stop` waits for it, and aborts it.
   *
   * @throws {SenderError} with `busy`
   */
  call<TResult>(
    delivery: Pick<StoredDelivery, 'owner' | 'endpoint'>,
    work: Work<TResult>,
  ): Promise<TResult>
}

// another process may add to the store: the latest time at which that is found
const LONGEST_SLEEP = 1000
// what is due may have to wait for a slot that another owner's request leaves
const RESERVE_SLEEP = 100
const LONGEST_GATHERING = 100
// with half of what may be held left, no more room is waited for: the others are made while the store claims
const SPARSE = 2

/** Makes a worker; nothing runs until `start` or `drain`. */
export function createWorker(options: WorkerOptions): Worker {
  const { store, clock, concurrency, limits, lease, grace, run, onSwept, clean, onError } = options
  let isStarted = false
  let claiming: Promise<void> | undefined
  let isWoken = false
  // how long the last claim took, unless it found nothing
  let gathering = 0
  // how many requests have ended since the last claim began, and how many deliveries may wait for their ends
  let ended = 0
  let ahead = 0
  let onFree = () => {}
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
  const inFlight = createInFlight(() => {
    claimedAhead.beginSome()
    onFree()
    // the last slots are not for the only owner that sends: whoever else comes, wakes the worker
    if (!roomNow().isReserve || inFlight.owners !== 1) wake()
  })
  const claimedAhead = createClaimedAhead({
    ...{ inFlight, concurrency, clock },
    begin: (delivery) =>
      inFlight.track(delivery.owner, async (stop, free) => {
        await run(delivery, stop, () => {
          ended += 1
          free()
        })
        return true
      }),
    async giveBack(delivery) {
      const { attemptCount, refusals } = delivery
      try {
        await store.commit(delivery, { state: 'scheduled', attemptCount, refusals })
      } catch (error) {
        onError(error) // the lease will end, as that of a process that is gone
      }
    },
  })
  const roomNow = () => {
    const held = { requests: inFlight.requests, waiting: claimedAhead.size, ahead }
    return roomForClaim(held, concurrency, limits)
  }
  const calls = createInFlight(() => {})
  const callSlots = createCallSlots({ calls, clock, concurrency, limits })

  /** Claims as many as there is room for, and begins to send them; a drain may have taken the room meanwhile. */
  const claimDue = async () => {
    await waitForTurnEnd()
    if (gathering > 0) await gatherRoom()
    await clean()
    const { isReserve, ...room } = roomNow()
    if (room.limit <= 0) return { sending: [], delay: LONGEST_SLEEP, isFull: true }
    const begun = clock.now()
    const endedBefore = ended
    ended = 0
    const { deliveries, swept, nextIn: dueIn } = await store.claim({ ...room, lease })
    const took = Math.min(clock.now() - begun, LONGEST_GATHERING)
    gathering = deliveries.length > 0 ? took : 0
    // as many more as end between two claims, where requests end while the store claims
    ahead = ended > 0 ? Math.min(endedBefore + ended, concurrency) : 0
    onSwept(swept)
    const sending = claimedAhead.add(deliveries)
    const isLeft = isReserve && dueIn !== undefined && deliveries.length === 0
    const nextIn = isLeft ? Math.max(dueIn, RESERVE_SLEEP) : dueIn
    const next = nextIn === undefined ? {} : { nextIn }
    return { sending, delay: nextIn ?? LONGEST_SLEEP, isFull: false, ...next }
  }
  /**
   * Waits for more room, for as long as the last claim took: a claim costs as much as many deliveries, and those of several
   * processes wait for each other. So a busy worker claims for half of its time at most.
   */
  const gatherRoom = () =>
    new Promise<void>((resolve) => {
      const end = () => {
        cancel()
        onFree = () => {}
        resolve()
      }
      const cancel = clock.after(gathering, end)
      onFree = () => {
        if (inFlight.requests + claimedAhead.size <= (concurrency + ahead) / SPARSE) end()
      }
      onFree()
    })
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
      const cancelGrace = clock.after(grace, () => {
        inFlight.abort()
        calls.abort()
      })
      // what a claim in progress claims is still sent, and waited for
      await claiming
      await claimedAhead.giveBackAll()
      await drains.waitForEnd()
      await Promise.all([inFlight.waitForAll(), calls.waitForAll()])
      cancelGrace()
      inFlight.reset()
      calls.reset()
    },
    wake,
    drain: drains.drain,
    async call(delivery, work) {
      const leave = callSlots.enter(delivery)
      try {
        return await calls.track(delivery.owner, work)
      } finally {
        leave()
      }
    },
  }
}
