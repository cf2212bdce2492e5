import { endpointKeyOf } from '../delivery-keys.ts'
import type { EndpointChange } from '../delivery-store.ts'
import { createDueQueue } from './due-queue.ts'
import { type EndpointState, peekDue, type TakeOptions, takeDue, type Usage } from './take-due.ts'

/** The items to send to one endpoint. */
export interface EndpointQueue<TItem> {
  /** Makes an item due at a time. */
  add(at: number, item: TItem): void
  /** Says that an item that was taken is no longer being sent. */
  release(): void
  /** Holds the endpoint, slows it down, or neither. */
  set(change: EndpointChange): void
  isHeld(now: number): boolean
}

/** The queues of a store in memory, one for each endpoint, so that none waits for another. */
export interface EndpointQueues<TItem> {
  of(owner: string, endpoint: string): EndpointQueue<TItem>
  /** Takes due items within the limits, from the endpoint with the longest due item first. */
  take(options: TakeOptions<TItem>): void
  /** Gives when there is something that can be taken. */
  nextAt(): number | undefined
}

interface OwnerState<TItem> extends Usage {
  /** Queues that wait until one of the owner's requests ends. */
  readonly waiting: Set<QueueState<TItem>>
}

interface QueueState<TItem> extends EndpointState<TItem> {
  readonly owner: OwnerState<TItem>
  /** Its time among the ready queues; an entry there with another time is out of date. */
  readyAt?: number | undefined
}

/** Makes the queues; an item that `isDue` no longer confirms is dropped when its turn comes. */
export function createEndpointQueues<TItem>(
  isDue: (item: TItem, at: number) => boolean,
): EndpointQueues<TItem> {
  const owners = new Map<string, OwnerState<TItem>>()
  const queues = new Map<string, EndpointQueue<TItem>>()
  const ready = createDueQueue<QueueState<TItem>>()

  /** Puts a queue in its place among the ready ones. */
  const announce = (queue: QueueState<TItem>, notBefore = 0) => {
    const next = peekDue(queue)
    const at = next && Math.max(next.at, queue.heldUntil ?? 0, notBefore)
    if (at === queue.readyAt) return
    queue.readyAt = at
    if (at !== undefined) ready.push(at, queue)
  }
  const peekReady = () => {
    for (let next = ready.peek(); next; next = ready.peek()) {
      if (next.item.readyAt === next.at) return next
      ready.pop()
    }
    return undefined
  }
  const createQueue = (owner: OwnerState<TItem>): EndpointQueue<TItem> => {
    const items = createDueQueue<TItem>()
    const queue: QueueState<TItem> = { owner, items, isDue, sending: 0, usedUpTo: 0 }
    return {
      add(at, item) {
        items.push(at, item)
        if (!owner.waiting.has(queue)) announce(queue)
      },
      release() {
        queue.sending -= 1
        owner.sending -= 1
        const woken = [...owner.waiting, queue]
        owner.waiting.clear()
        for (const one of woken) announce(one)
      },
      set({ heldUntil, pacedUntil }) {
        queue.heldUntil = heldUntil
        queue.pacedUntil = pacedUntil
        announce(queue)
      },
      isHeld: (now) => queue.heldUntil !== undefined && queue.heldUntil > now,
    }
  }

  return {
    of(owner, endpoint) {
      const ownerState = owners.get(owner) ?? { sending: 0, usedUpTo: 0, waiting: new Set() }
      owners.set(owner, ownerState)
      const key = endpointKeyOf(owner, endpoint)
      const queue = queues.get(key) ?? createQueue(ownerState)
      queues.set(key, queue)
      return queue
    },

    take(options) {
      const { limit, now } = options
      let count = 0
      for (let next = peekReady(); next && next.at <= now; next = peekReady()) {
        if (count === limit) break
        const queue = next.item
        const taken = takeDue(queue, queue.owner, { ...options, limit: limit - count })
        count += taken.count
        queue.readyAt = undefined
        if (count === limit) announce(queue)
        else if (taken.isFull) queue.owner.waiting.add(queue)
        else announce(queue, taken.nextAt)
      }
    },

    nextAt: () => peekReady()?.at,
  }
}
