import { type EndpointHealth, isHeld, WELL } from '../endpoint-health.ts'
import type { RequestLimit, RequestLimits } from '../request-limits.ts'
import { type Room, roomOf, withPace } from '../room.ts'
import { createDueQueue, type Due, type DueQueue } from './due-queue.ts'

/** How many items to take, and where to. */
export interface TakeOptions<TItem> {
  /** Called with each item that is taken; it is no longer due then. */
  readonly onTake: (item: TItem, isProbe: boolean) => void
  readonly limit: number
  readonly lease: number
  readonly limits: RequestLimits
  readonly now: number
}

/** The items to send to one endpoint. */
export interface EndpointQueue<TItem> {
  readonly items: DueQueue<TItem>
  /** Its own limits, in place of those of every endpoint. */
  readonly limits: () => RequestLimit | undefined
  health: EndpointHealth
  sending: number
  usedUpTo: number
  /** The place of its last turn, or when its rate allows more. */
  notBefore: number
  /** Its time among the ready endpoints of its owner; an entry there with another time is out of date. */
  readyAt: number | undefined
}

/** Makes an empty queue. */
export function createEndpointQueue<TItem>(
  limits: () => RequestLimit | undefined,
): EndpointQueue<TItem> {
  const items = createDueQueue<TItem>()
  return { items, limits, health: WELL, sending: 0, usedUpTo: 0, notBefore: 0, readyAt: undefined }
}

/** Takes due items of one endpoint within its limits; after a hold only one, as a probe. Gives how many. */
export function takeFromEndpoint<TItem>(
  queue: EndpointQueue<TItem>,
  peekDue: () => Due<TItem> | undefined,
  { limit, lease, limits, now, onTake }: TakeOptions<TItem>,
): Room & { readonly taken: number } {
  const { heldUntil, pacedUntil = 0 } = queue.health
  const isProbe = heldUntil !== undefined && !isHeld(queue.health, now)
  const pace = pacedUntil > now ? limits.pace : undefined
  const own = queue.limits()
  const requests = own ? { ...limits.endpoint, ...own } : limits.endpoint
  const room = roomOf(withPace(requests, pace), queue, now)
  const most = Math.min(limit, room.count, isProbe ? 1 : limit)
  let taken = 0
  while (taken < most) {
    const next = peekDue()
    if (next === undefined || next.at > now) break
    queue.items.pop()
    onTake(next.item, isProbe)
    taken += 1
  }
  queue.sending += taken
  queue.usedUpTo = room.after(taken)
  // the others wait for the outcome of the probe
  if (isProbe && taken > 0) queue.health = { ...queue.health, heldUntil: now + lease }
  return { ...room, taken }
}
