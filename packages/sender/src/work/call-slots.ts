import type { Clock } from '../clock.ts'
import { SenderError } from '../errors.ts'
import { endpointKeyOf } from '../store/delivery-keys.ts'
import type { StoredDelivery } from '../store/delivery-store.ts'
import type { RequestLimit, RequestLimits } from '../store/request-limits.ts'
import { roomOf } from '../store/room.ts'
import type { InFlight } from './in-flight.ts'
import { hasRoomFor } from './reserve.ts'

/** The dependencies of the slots. */
export interface CallSlotsOptions {
  readonly calls: Pick<InFlight, 'requests' | 'requestsOf'>
  readonly clock: Pick<Clock, 'now'>
  /** Calls at once. */
  readonly concurrency: number
  readonly limits: RequestLimits
}

/** The slots of calls, which are not those of deliveries. */
export interface CallSlots {
  /**
   * Takes a slot, and gives how to leave it.
   *
   * @throws {SenderError} with `busy`
   */
  enter(delivery: Pick<StoredDelivery, 'owner' | 'endpoint'>): () => void
}

interface Use {
  sending: number
  usedUpTo: number
}

const MANY = 1000

/** Makes the slots. A call is not put off as a delivery is: beyond a limit it is refused, at no cost. */
export function createCallSlots(options: CallSlotsOptions): CallSlots {
  const { calls, clock, concurrency, limits } = options
  const uses = new Map<string, Use>()
  let forgetAt = MANY

  const useOf = (key: string, now: number) => {
    const known = uses.get(key)
    if (known) return known
    if (uses.size >= forgetAt) {
      for (const [name, use] of uses) if (isOver(use, now)) uses.delete(name)
      forgetAt = Math.max(MANY, 2 * uses.size)
    }
    const use = { sending: 0, usedUpTo: 0 }
    uses.set(key, use)
    return use
  }
  const checkShare = (owner: string) => {
    const free = concurrency - calls.requests
    if (free <= 0) throw busy(`${concurrency} calls at once`)
    const own = calls.requestsOf(owner)
    if (!hasRoomFor(owner, calls, concurrency)) {
      throw busy(`${own} calls at once for this owner, the last free ones being for others`)
    }
  }

  return {
    enter({ owner, endpoint = '' }) {
      const now = clock.now()
      checkShare(owner)
      // an endpoint's key has a space
      const taken = [
        { use: useOf(endpointKeyOf(owner, endpoint), now), limit: limits.endpoint, of: 'endpoint' },
        { use: useOf(JSON.stringify(owner), now), limit: limits.owner ?? {}, of: 'owner' },
      ].map((each) => ({ ...each, room: roomOf(each.limit, each.use, now) }))
      const full = taken.find(({ room }) => room.count === 0)
      if (full) throw busy(`${describe(full.limit)} for this ${full.of}`)
      for (const { use, room } of taken) {
        use.sending += 1
        use.usedUpTo = room.after(1)
      }
      return () => {
        for (const { use } of taken) use.sending -= 1
      }
    },
  }
}

function isOver({ sending, usedUpTo }: Use, now: number): boolean {
  return sending === 0 && usedUpTo <= now
}

function describe({ concurrency, rate }: RequestLimit): string {
  const most = [
    ...(concurrency === undefined ? [] : [`${concurrency} calls at once`]),
    ...(rate === undefined ? [] : [`${rate} a second`]),
  ]
  return most.join(' and ')
}

function busy(most: string): SenderError {
  return new SenderError(
    'busy',
    `the call was not made, since a sender makes at most ${most}: respond 503, make it later, or use send, which waits`,
  )
}
