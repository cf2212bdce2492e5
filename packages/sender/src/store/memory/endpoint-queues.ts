import { allowanceOf } from '../allowance.ts'
import type { EndpointChange } from '../delivery-store.ts'
import type { RequestLimit, RequestLimits } from '../request-limits.ts'
import { createDueQueue } from './due-queue.ts'

/** What may be sent to one endpoint. */
export interface EndpointQueue<TItem> {
  /** Makes an item due at a time. */
  add(at: number, item: TItem): void
  /** One that was taken is not being sent any more. */
  release(): void
  /** Holds the endpoint, slows it down, or neither. */
  set(change: EndpointChange): void
  isHeld(now: number): boolean
}

/** The queues of a store in memory, one for each endpoint, so that none waits for another. */
export interface EndpointQueues<TItem> {
  of(owner: string, endpoint: string): EndpointQueue<TItem>
  /** Takes what is due, the longest due endpoint first, within the limits. */
  take(options: TakeOptions<TItem>): void
  /** When there is something that could be taken. */
  nextAt(): number | undefined
}

/** How much is taken. */
export interface TakeOptions<TItem> {
  /** Is given each as it is taken: from then on it is not due any more. */
  readonly onTake: (item: TItem, isProbe: boolean) => void
  readonly limit: number
  readonly lease: number
  readonly limits: RequestLimits
  readonly now: number
}

interface Flow {
  sending: number
  usedUpTo: number
}

interface OwnerState extends Flow {
  /** Their turn comes when one of the owner's requests ends. */
  readonly waiting: Set<QueueState<unknown>>
}

interface QueueState<TItem> extends Flow {
  readonly owner: OwnerState
  readonly queue: ReturnType<typeof createDueQueue<TItem>>
  heldUntil?: number | undefined
  pacedUntil?: number | undefined
  /** Where it stands in the queue of lanes; elsewhere it stands no longer. */
  readyAt?: number | undefined
}

/** Makes lanes; an item that is no longer what it was when it was added is dropped when its turn comes. */
export function createEndpointQueues<TItem>(
  isDue: (item: TItem, at: number) => boolean,
): EndpointQueues<TItem> {
  const owners = new Map<string, OwnerState>()
  const lanes = new Map<string, EndpointQueue<TItem>>()
  const ready = createDueQueue<QueueState<TItem>>()

  const first = ({ queue }: QueueState<TItem>) => {
    for (let next = queue.peek(); next; next = queue.peek()) {
      if (isDue(next.item, next.at)) return next
      queue.pop()
    }
    return undefined
  }
  const announce = (lane: QueueState<TItem>, notBefore = 0) => {
    const next = first(lane)
    const at = next && Math.max(next.at, lane.heldUntil ?? 0, notBefore)
    if (at === lane.readyAt) return
    lane.readyAt = at
    if (at !== undefined) ready.push(at, lane)
  }
  const nextLane = () => {
    for (let next = ready.peek(); next; next = ready.peek()) {
      if (next.item.readyAt === next.at) return next
      ready.pop()
    }
    return undefined
  }

  const makeLane = (owner: OwnerState): EndpointQueue<TItem> => {
    const lane: QueueState<TItem> = { owner, queue: createDueQueue(), sending: 0, usedUpTo: 0 }
    return {
      add(at, item) {
        lane.queue.push(at, item)
        if (!owner.waiting.has(lane)) announce(lane)
      },
      release() {
        lane.sending -= 1
        owner.sending -= 1
        const woken = [...owner.waiting, lane] as QueueState<TItem>[]
        owner.waiting.clear()
        for (const one of woken) announce(one)
      },
      set({ heldUntil, pacedUntil }) {
        lane.heldUntil = heldUntil
        lane.pacedUntil = pacedUntil
        announce(lane)
      },
      isHeld: (now) => lane.heldUntil !== undefined && lane.heldUntil > now,
    }
  }

  const takeFrom = (lane: QueueState<TItem>, options: TakeOptions<TItem>) => {
    const { limit, lease, limits, now, onTake } = options
    const { owner } = lane
    const isProbe = lane.heldUntil !== undefined
    const pace = lane.pacedUntil !== undefined && lane.pacedUntil > now ? limits.pace : undefined
    const own = roomOf(lane, withPace(limits.endpoint, pace), now)
    const all = roomOf(owner, limits.owner ?? {}, now)
    const most = Math.min(limit, own.count, all.count, isProbe ? 1 : limit)

    let count = 0
    for (let next = first(lane); next && next.at <= now && count < most; next = first(lane)) {
      lane.queue.pop()
      onTake(next.item, isProbe)
      count += 1
    }
    lane.sending += count
    lane.usedUpTo = own.after(count)
    owner.sending += count
    owner.usedUpTo = all.after(count)
    if (isProbe && count > 0) lane.heldUntil = now + lease
    return { count, isFull: own.isFull || all.isFull, nextAt: Math.max(own.nextAt, all.nextAt) }
  }

  return {
    of(owner, endpoint) {
      const ownerState = owners.get(owner) ?? { sending: 0, usedUpTo: 0, waiting: new Set() }
      owners.set(owner, ownerState)
      const key = `${endpoint} ${owner}` // an endpoint has no space
      const lane = lanes.get(key) ?? makeLane(ownerState)
      lanes.set(key, lane)
      return lane
    },

    take(options) {
      const { limit, now } = options
      let count = 0
      for (let next = nextLane(); next && next.at <= now; next = nextLane()) {
        if (count === limit) break
        const lane = next.item
        const found = takeFrom(lane, { ...options, limit: limit - count })
        count += found.count
        lane.readyAt = undefined
        if (count === limit) announce(lane)
        else if (found.isFull) lane.owner.waiting.add(lane)
        else announce(lane, found.nextAt)
      }
    },

    nextAt: () => nextLane()?.at,
  }
}

function withPace(limit: RequestLimit, pace: number | undefined): RequestLimit {
  return pace === undefined ? limit : { ...limit, rate: Math.min(pace, limit.rate ?? pace) }
}

/** How many more requests a limit allows now. */
function roomOf(
  flow: Flow,
  { concurrency = Number.POSITIVE_INFINITY, rate }: RequestLimit,
  now: number,
) {
  const free = Math.max(0, concurrency - flow.sending)
  const isFull = free === 0
  if (rate === undefined) return { count: free, isFull, nextAt: 0, after: () => flow.usedUpTo }
  const { count, nextAt, after } = allowanceOf(rate, flow.usedUpTo, now)
  return { count: Math.min(free, count), isFull, nextAt: count === 0 ? nextAt : 0, after }
}
