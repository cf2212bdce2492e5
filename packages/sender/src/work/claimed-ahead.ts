import type { Clock } from '../clock.ts'
import type { ClaimedDelivery } from '../store/delivery-store.ts'
import type { InFlight } from './in-flight.ts'
import { hasRoomFor } from './reserve.ts'

/** The dependencies of what is claimed ahead. */
export interface ClaimedAheadOptions {
  readonly inFlight: Pick<InFlight, 'requests' | 'requestsOf'>
  readonly concurrency: number
  readonly clock: Clock
  /** Begins a request; resolves with `true` when its outcome is recorded. */
  readonly begin: (delivery: ClaimedDelivery) => Promise<boolean>
  /** Ends a claim of which nothing was sent; never rejects. The endpoint of a probe stays held until the lease would have ended. */
  readonly giveBack: (delivery: ClaimedDelivery) => Promise<void>
}

/** Deliveries that were claimed before there was room for their requests, so that no room waits for the next claim. */
export interface ClaimedAhead {
  /** How many wait. */
  readonly size: number
  /** Takes what was claimed; each promise resolves with `true` when its delivery was sent, and with `false` when given back. */
  add(deliveries: readonly ClaimedDelivery[]): readonly Promise<boolean>[]
  /** Begins those for which there is room. */
  beginSome(): void
  /** Gives back all that wait. */
  giveBackAll(): Promise<void>
}

interface Waiting {
  readonly delivery: ClaimedDelivery
  readonly resolve: (isSent: Promise<boolean>) => void
}

// whatever waits for longer may go from another process; a lease outlasts the deadline by more
const LONGEST_WAIT = 1000

/** Makes the list of what is claimed ahead. */
export function createClaimedAhead(options: ClaimedAheadOptions): ClaimedAhead {
  const { inFlight, concurrency, clock, begin, giveBack } = options
  const all = new Set<Waiting>()
  const timers = new Set<() => void>()

  const remove = (one: Waiting): boolean => {
    const isThere = all.delete(one)
    if (all.size === 0) {
      for (const cancel of timers) cancel()
      timers.clear()
    }
    return isThere
  }
  const wait = (delivery: ClaimedDelivery) =>
    new Promise<boolean>((resolve) => {
      all.add({ delivery, resolve })
    })
  const giveBackSome = (some: Iterable<Waiting>) => {
    const given = [...some].filter(remove)
    return Promise.all(
      given.map(({ delivery, resolve }) => {
        const done = giveBack(delivery)
        resolve(done.then(() => false))
        return done
      }),
    )
  }

  return {
    get size() {
      return all.size
    },
    add(deliveries) {
      const sent = deliveries.map((delivery) =>
        hasRoomFor(delivery.owner, inFlight, concurrency) ? begin(delivery) : wait(delivery),
      )
      if (all.size > 0) {
        const some = [...all]
        const cancel = clock.after(LONGEST_WAIT, () => {
          // it would hold these deliveries for as long as others wait
          timers.delete(cancel)
          void giveBackSome(some)
        })
        timers.add(cancel)
      }
      return sent
    },
    beginSome() {
      for (const one of all) {
        if (inFlight.requests >= concurrency) return
        if (!hasRoomFor(one.delivery.owner, inFlight, concurrency)) continue
        remove(one)
        one.resolve(begin(one.delivery))
      }
    },
    async giveBackAll() {
      await giveBackSome(all)
    },
  }
}
