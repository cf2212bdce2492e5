import type { InFlight } from './in-flight.ts'

/** The deliveries that a claim began to send. */
export interface ClaimedWork {
  readonly sending: readonly Promise<void>[]
  /** Nothing was claimed, since every request allowed at once is being made. */
  readonly isFull: boolean
}

/** The dependencies of a drain. */
export interface DrainOptions {
  readonly inFlight: InFlight
  readonly concurrency: number
  /** Claims what is due, and begins to send it. */
  readonly claimDue: () => Promise<ClaimedWork>
}

/** Makes a function that sends all that is due and resolves to how many were sent; a call during another joins it. */
export function createDrain({ inFlight, concurrency, claimDue }: DrainOptions): {
  drain(): Promise<number>
  /** Resolves when the drain in progress has ended. */
  waitForEnd(): Promise<void>
} {
  let draining: Promise<number> | undefined
  let isJoined = false

  const drainDue = async () => {
    const { signal } = inFlight
    const own = new Set<Promise<void>>()
    let sent = 0
    while (!signal.aborted) {
      if (inFlight.requests >= concurrency) {
        await inFlight.waitForOne()
        continue
      }
      const { sending, isFull } = await claimDue()
      sent += sending.length
      for (const one of sending) {
        own.add(one)
        void one.finally(() => own.delete(one))
      }
      if (isFull || sending.length > 0) continue
      // an end may make room for more, where an endpoint allows only so many at once
      if (own.size > 0) await Promise.race(own)
      else if (isJoined)
        isJoined = false // a delivery was stored after the last claim
      else break
    }
    await Promise.all(own)
    return sent
  }

  return {
    drain() {
      if (draining) isJoined = true
      draining ??= drainDue().finally(() => {
        draining = undefined
      })
      return draining
    },
    async waitForEnd() {
      await draining?.catch(() => {})
    },
  }
}
