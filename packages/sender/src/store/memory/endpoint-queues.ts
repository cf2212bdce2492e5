import { endpointKeyOf } from '../delivery-keys.ts'
import { type EndpointHealth, isForgettable, isHeld } from '../endpoint-health.ts'
import type { RequestLimit } from '../request-limits.ts'
import { roomOf } from '../room.ts'
import { createTurns, takeInTurns } from '../turns.ts'
import { createDueQueue, type DueQueue } from './due-queue.ts'
import {
  createEndpointQueue,
  type EndpointQueue,
  type TakeOptions,
  takeFromEndpoint,
} from './endpoint-queue.ts'
import { peekReady, popReady } from './ready.ts'

/** The items to send to one endpoint of one owner. */
export interface EndpointHandle<TItem> {
  /** Says that an item is to be sent there, until `leave`. */
  join(): void
  leave(): void
  /** Makes an item due at a time. */
  add(at: number, item: TItem): void
  /** Says that an item that was taken is no longer being sent. */
  release(): void
  readonly health: EndpointHealth
  setHealth(health: EndpointHealth): void
  isHeld(now: number): boolean
}

/** The queues of a store in memory, one for each endpoint, so that none waits for another. */
export interface EndpointQueues<TItem> {
  of(owner: string, endpoint: string): EndpointHandle<TItem>
  /** Takes due items within the limits: owners take turns, then their endpoints. Gives how many. */
  take(options: TakeOptions<TItem>): number
  /** Gives when there is something that can be taken. */
  nextAt(): number | undefined
  /** Gives when the first item was or is due, of the endpoints that are not held, whatever their limits. */
  firstDueAt(): number | undefined
}

interface Owner<TItem> {
  /** Its endpoints that have something to take, by the time of their turn. */
  readonly ready: DueQueue<EndpointQueue<TItem>>
  /** Endpoints that wait until one of their requests ends. */
  readonly full: Set<EndpointQueue<TItem>>
  sending: number
  usedUpTo: number
  /** The place of its last turn, or when its rate allows more. */
  notBefore: number
  /** As many requests as it may make are being made. */
  isFull: boolean
  readyAt: number | undefined
}

// so many of one endpoint in one turn, since a turn of one costs as much
const ENDPOINT_QUANTUM = 4
const MANY = 1000
// longer than an unused rate gathers
const IDLE = 60_000

/** The dependencies of the queues. */
export interface EndpointQueuesOptions<TItem> {
  /** An item that this no longer confirms is dropped when its turn comes. */
  readonly isDue: (item: TItem, at: number) => boolean
  /** Gives the own limits of an endpoint. */
  readonly limitsOf?: (endpoint: string) => RequestLimit | undefined
  readonly now: () => number
}

/** Makes the queues. */
export function createEndpointQueues<TItem>({
  isDue,
  limitsOf = () => undefined,
  now: readTime,
}: EndpointQueuesOptions<TItem>): EndpointQueues<TItem> {
  const owners = new Map<string, Owner<TItem>>()
  const handles = new Map<string, ReturnType<typeof createHandle>>()
  let forgetAt = MANY
  const ready = createDueQueue<Owner<TItem>>()
  const turns = createTurns()

  const peekDue = ({ items }: EndpointQueue<TItem>) => {
    for (let next = items.peek(); next; next = items.peek()) {
      if (isDue(next.item, next.at)) return next
      items.pop()
    }
    return undefined
  }

  /** Puts an owner in its place among the ready ones. */
  const announceOwner = (owner: Owner<TItem>) => {
    const first = owner.isFull ? undefined : peekReady(owner.ready)
    const at = first && Math.max(first.at, owner.notBefore)
    if (at === owner.readyAt) return
    owner.readyAt = at
    if (at !== undefined) ready.push(at, owner)
  }
  /** Puts an endpoint in its place among the ready ones of its owner. */
  const announce = (owner: Owner<TItem>, queue: EndpointQueue<TItem>) => {
    const next = owner.full.has(queue) ? undefined : peekDue(queue)
    const at = next && Math.max(next.at, queue.health.heldUntil ?? 0, queue.notBefore)
    if (at === queue.readyAt) return
    queue.readyAt = at
    if (at !== undefined) owner.ready.push(at, queue)
  }

  const takeFromOwner = (owner: Owner<TItem>, options: TakeOptions<TItem>): number => {
    const { now, limits } = options
    const room = roomOf(limits.owner ?? {}, owner, now)
    const most = Math.min(options.limit, room.count)
    let taken = 0
    while (taken < most) {
      const limit = most - taken
      const queues = popReady(owner.ready, { limit, now })
      if (queues.length === 0) break
      taken += takeInTurns(queues, { limit, quantum: ENDPOINT_QUANTUM }, (queue, share) => {
        const result = takeFromEndpoint(queue, () => peekDue(queue), { ...options, limit: share })
        if (result.isFull) owner.full.add(queue)
        queue.notBefore = result.nextAt || turns.next(now)
        return result.taken
      })
      // whoever had no turn keeps its place
      for (const queue of queues) announce(owner, queue)
    }
    owner.sending += taken
    owner.usedUpTo = room.after(taken)
    const left = roomOf(limits.owner ?? {}, owner, now)
    owner.isFull = left.isFull
    owner.notBefore = left.nextAt || turns.next(now)
    announceOwner(owner)
    return taken
  }

  /** Forgets endpoints that are well and owners, to which nothing is to be sent, as often as their number has doubled. */
  const forgetIdle = () => {
    const now = readTime()
    const kept = new Set<Owner<TItem>>()
    for (const [key, handle] of handles) {
      if (handle.isIdle(now)) handles.delete(key)
      else kept.add(handle.of)
    }
    for (const [name, owner] of owners) {
      if (!kept.has(owner) && now - owner.usedUpTo > IDLE) owners.delete(name)
    }
    forgetAt = Math.max(MANY, 2 * Math.max(handles.size, owners.size))
  }

  const createHandle = (owner: Owner<TItem>, endpoint: string) => {
    const queue = createEndpointQueue<TItem>(() => limitsOf(endpoint))
    let joined = 0
    const refresh = () => {
      announce(owner, queue)
      announceOwner(owner)
    }
    return {
      of: owner,
      join() {
        joined += 1
      },
      leave() {
        joined -= 1
      },
      isIdle(now: number) {
        return joined === 0 && now - queue.usedUpTo > IDLE && isForgettable(queue.health, now)
      },
      add(at: number, item: TItem) {
        queue.items.push(at, item)
        refresh()
      },
      release() {
        queue.sending -= 1
        owner.sending -= 1
        owner.full.delete(queue)
        owner.isFull = false
        refresh()
      },
      get health() {
        return queue.health
      },
      setHealth(health: EndpointHealth) {
        if (health === queue.health) return
        queue.health = health
        refresh()
      },
      isHeld: (now: number) => isHeld(queue.health, now),
      firstDueAt: () => peekDue(queue)?.at,
    }
  }

  return {
    of(owner, endpoint) {
      const key = endpointKeyOf(owner, endpoint)
      const known = handles.get(key)
      if (known) return known
      if (Math.max(handles.size, owners.size) >= forgetAt) forgetIdle()
      const state = owners.get(owner) ?? createOwner<TItem>()
      owners.set(owner, state)
      const handle = createHandle(state, endpoint)
      handles.set(key, handle)
      return handle
    },

    take(options) {
      let count = 0
      while (count < options.limit) {
        const limit = options.limit - count
        const waiting = popReady(ready, { limit, now: options.now })
        if (waiting.length === 0) break
        count += takeInTurns(waiting, { limit }, (owner, share) =>
          takeFromOwner(owner, { ...options, limit: share }),
        )
      }
      return count
    },

    nextAt() {
      for (let next = peekReady(ready); next; next = peekReady(ready)) {
        const owner = next.item
        const first = peekReady(owner.ready)
        // items may have left since they were announced
        if (first) announce(owner, first.item)
        if (first && first.at === peekReady(owner.ready)?.at) return next.at
        announceOwner(owner)
      }
      return undefined
    },

    firstDueAt() {
      const now = readTime()
      let first: number | undefined
      for (const handle of handles.values()) {
        const at = handle.isHeld(now) ? undefined : handle.firstDueAt()
        if (at !== undefined && at < (first ?? Number.POSITIVE_INFINITY)) first = at
      }
      return first
    },
  }
}

function createOwner<TItem>(): Owner<TItem> {
  const ready = createDueQueue<EndpointQueue<TItem>>()
  const counts = {
    sending: 0,
    usedUpTo: 0,
    notBefore: 0,
    isFull: false,
    readyAt: undefined,
  }
  return { ready, full: new Set(), ...counts }
}
