import type { Clock } from '../clock.ts'
import type { InFlight } from './in-flight.ts'

/** The deliveries that a claim took; each promise resolves with `false` when nothing was sent. */
export interface ClaimedWork {
  readonly sending: readonly Promise<boolean>[]
  /** Nothing was claimed, since every request allowed at once is being made. */
  readonly isFull: boolean
  /** Milliseconds until something is due; absent when nothing waits for a time. */
  readonly nextIn?: number
}

/** What a drain has sent, and when something is due again. */
export interface Drained {
  readonly sent: number
  /** Milliseconds since the Unix epoch; absent when nothing waits for a time. */
  readonly nextAt?: number
}

/** The dependencies of a drain. */
export interface DrainOptions {
  readonly inFlight: InFlight
  readonly concurrency: number
  readonly clock: Clock
  /** Claims what is due, and begins to send it. */
  readonly claimDue: () => Promise<ClaimedWork>
}

/** Sends what is due, on demand. */
export interface Drain {
  /** Sends all that is due and resolves when it has ended; a call during another joins it. */
  drain(): Promise<Drained>
  /** Says that something may be due: a drain in progress claims again, though its requests have not ended. */
  join(): void
  /** Resolves when the drain in progress has ended. */
  waitForEnd(): Promise<void>
}

/** Makes a drain. One request that hangs keeps it from ending, and holds up nothing else that is due meanwhile. */
export function createDrain({ inFlight, concurrency, clock, claimDue }: DrainOptions): Drain {
  let draining: Promise<Drained> | undefined
  let isJoined = false
  let onJoin = () => {}

  const join = () => {
    isJoined = true
    onJoin()
  }
  /** Waits until a request of the drain has ended, something is due, or another caller has joined. */
  const waitForWork = async (own: ReadonlySet<Promise<boolean>>, nextIn: number | undefined) => {
    const joined = new Promise<void>((resolve) => {
      onJoin = resolve
    })
    let cancel = () => {}
    const due = new Promise<void>((resolve) => {
      if (nextIn !== undefined) cancel = clock.after(nextIn, resolve)
    })
    await Promise.race<unknown>([...own, joined, due])
    cancel()
    onJoin = () => {}
  }
  const drainDue = async (): Promise<Drained> => {
    const { stop } = inFlight
    const own = new Set<Promise<boolean>>()
    let sent = 0
    let next: number | undefined
    while (!stop.isStopped) {
      if (inFlight.requests >= concurrency) {
        await inFlight.waitForOne()
        continue
      }
      isJoined = false
      const { sending, isFull, nextIn } = await claimDue()
      for (const one of sending) {
        const counted = one.then((isSent) => {
          if (isSent) sent += 1
          return isSent
        })
        own.add(counted)
        void counted.finally(() => own.delete(counted))
      }
      if (isFull || sending.length > 0 || isJoined) continue
      next = nextIn
      // an end may make room for more, where an endpoint allows only so many at once
      if (own.size > 0) await waitForWork(own, nextIn)
      else break
    }
    await Promise.all(own)
    return next === undefined ? { sent } : { sent, nextAt: clock.now() + next }
  }

  return {
    drain() {
      if (draining) join()
      draining ??= drainDue().finally(() => {
        draining = undefined
      })
      return draining
    },
    join,
    async waitForEnd() {
      await draining?.catch(() => {})
    },
  }
}
