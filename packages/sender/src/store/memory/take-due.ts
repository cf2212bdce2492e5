import { allowanceOf } from '../allowance.ts'
import type { RequestLimit, RequestLimits } from '../request-limits.ts'
import type { Due, DueQueue } from './due-queue.ts'

/** How many items to take, and where to. */
export interface TakeOptions<TItem> {
  /** Called with each item that is taken; it is no longer due then. */
  readonly onTake: (item: TItem, isProbe: boolean) => void
  readonly limit: number
  readonly lease: number
  readonly limits: RequestLimits
  readonly now: number
}

/** The counts that a limit applies to. */
export interface Usage {
  sending: number
  usedUpTo: number
}

/** The state of the queue of one endpoint. */
export interface EndpointState<TItem> extends Usage {
  readonly items: DueQueue<TItem>
  /** Tells whether an item is still due at the time that it was added with. */
  readonly isDue: (item: TItem, at: number) => boolean
  heldUntil?: number | undefined
  pacedUntil?: number | undefined
}

/** The items taken, and whether and when more may be. */
export interface TakeResult {
  readonly count: number
  /** More may be taken only when a request has ended. */
  readonly isFull: boolean
  /** When more may be taken; 0 without a rate. */
  readonly nextAt: number
}

/** Gives the first item that is still due; those that are not are dropped. */
export function peekDue<TItem>({ items, isDue }: EndpointState<TItem>): Due<TItem> | undefined {
  for (let next = items.peek(); next; next = items.peek()) {
    if (isDue(next.item, next.at)) return next
    items.pop()
  }
  return undefined
}

/** Takes due items of one endpoint within its limits and its owner's; after a hold only one, as a probe. */
export function takeDue<TItem>(
  endpoint: EndpointState<TItem>,
  owner: Usage,
  options: TakeOptions<TItem>,
): TakeResult {
  const { limit, lease, limits, now, onTake } = options
  const isProbe = endpoint.heldUntil !== undefined
  const isPaced = endpoint.pacedUntil !== undefined && endpoint.pacedUntil > now
  const own = roomOf(endpoint, withPace(limits.endpoint, isPaced ? limits.pace : undefined), now)
  const all = roomOf(owner, limits.owner ?? {}, now)
  const most = Math.min(limit, own.count, all.count, isProbe ? 1 : limit)

  let count = 0
  while (count < most) {
    const next = peekDue(endpoint)
    if (next === undefined || next.at > now) break
    endpoint.items.pop()
    onTake(next.item, isProbe)
    count += 1
  }
  endpoint.sending += count
  endpoint.usedUpTo = own.after(count)
  owner.sending += count
  owner.usedUpTo = all.after(count)
  if (isProbe && count > 0) endpoint.heldUntil = now + lease
  return { count, isFull: own.isFull || all.isFull, nextAt: Math.max(own.nextAt, all.nextAt) }
}

interface Room extends TakeResult {
  /** Gives the time up to which the rate is used up after so many requests. */
  after(used: number): number
}

function withPace(limit: RequestLimit, pace: number | undefined): RequestLimit {
  return pace === undefined ? limit : { ...limit, rate: Math.min(pace, limit.rate ?? pace) }
}

/** Gives how many more requests a limit allows now. */
function roomOf(
  usage: Usage,
  { concurrency = Number.POSITIVE_INFINITY, rate }: RequestLimit,
  now: number,
): Room {
  const free = Math.max(0, concurrency - usage.sending)
  const isFull = free === 0
  if (rate === undefined) return { count: free, isFull, nextAt: 0, after: () => usage.usedUpTo }
  const { count, nextAt, after } = allowanceOf(rate, usage.usedUpTo, now)
  return { count: Math.min(free, count), isFull, nextAt: count === 0 ? nextAt : 0, after }
}
