import { applyEndpointChange } from '../apply-endpoint-change.ts'
import { isFinal } from '../delivery-keys.ts'
import { HELD_FOREVER, isHeld, release } from '../endpoint-health.ts'
import {
  type EndpointScope,
  type EndpointStore,
  isInScope,
  type MessageRange,
} from '../endpoint-store.ts'
import { isSameDelivery } from '../is-same-delivery.ts'
import { isListening, publishedDelivery, publishedIdOf } from '../published-delivery.ts'
import type { StoreClock } from '../store-clock.ts'
import type { StoredDelivery } from '../stored-delivery.ts'
import type { StoredEndpoint } from '../stored-endpoint.ts'
import type { Registry } from './registry.ts'
import type { PublishedMessage, Row, Rows } from './rows.ts'

/** Makes the registered endpoints of a store in memory. */
export function createMemoryEndpoints(
  rows: Rows,
  registry: Registry,
  clock: StoreClock,
): EndpointStore {
  const queueOf = ({ owner, id }: StoredEndpoint) => rows.queues.of(owner, id)
  const findOf = (id: string, scope: EndpointScope = {}) => {
    const endpoint = registry.get(id)
    return endpoint && isInScope(endpoint, scope) ? endpoint : undefined
  }
  const present = (endpoint: StoredEndpoint): StoredEndpoint => {
    const { heldUntil } = queueOf(endpoint).health
    const isHeldNow = heldUntil !== undefined && heldUntil > clock.now()
    return isHeldNow && heldUntil !== HELD_FOREVER ? { ...endpoint, heldUntil } : endpoint
  }
  /** Holds, or no longer holds, an endpoint after a change. */
  const settle = (before: StoredEndpoint, after: StoredEndpoint) => {
    const queue = queueOf(after)
    if (after.state === 'disabled') queue.setHealth({ heldUntil: HELD_FOREVER })
    else if (before.state === 'disabled') queue.setHealth({ heldUntil: clock.now() })
    // at another URL, it may be well
    else if (before.url !== after.url && isHeld(queue.health, clock.now())) {
      queue.setHealth(release(queue.health, clock.now()))
    }
  }
  /** Adds a delivery of a message: what is given is a delay, for which the clock of the store counts. */
  const add = (delivery: StoredDelivery, published: PublishedMessage) => {
    const { createdAt, dueAt = createdAt } = delivery
    const isDue = delivery.state === 'scheduled'
    const stored = isDue ? { ...delivery, dueAt: clock.now() + dueAt - createdAt } : delivery
    rows.addPublished(stored, published)
  }
  const select = ({ owner, since, until = Number.POSITIVE_INFINITY }: MessageRange) =>
    [...rows.messages.values()].filter(
      ({ message }) =>
        message.owner === owner && message.createdAt >= since && message.createdAt < until,
    )

  return {
    async add(endpoint) {
      if (registry.isTaken(endpoint)) return false
      registry.set(endpoint)
      if (endpoint.state === 'disabled') queueOf(endpoint).setHealth({ heldUntil: HELD_FOREVER })
      return true
    },

    async find(id, scope) {
      const endpoint = findOf(id, scope)
      return endpoint && present(endpoint)
    },

    async query({ owner, externalId, state, patterns, cursor, limit = 100 }) {
      const found = registry
        .list(owner)
        .filter(
          (endpoint) =>
            (externalId ?? endpoint.externalId) === endpoint.externalId &&
            (state ?? endpoint.state) === endpoint.state &&
            (patterns === undefined || endpoint.events.some((each) => patterns.includes(each))) &&
            (cursor === undefined || endpoint.id < cursor),
        )
        .sort((a, b) => (a.id < b.id ? 1 : -1))
      return found.slice(0, limit).map(present)
    },

    async change(id, change, scope) {
      const before = findOf(id, scope)
      if (before === undefined) return undefined
      const after = applyEndpointChange(before, change, clock.now())
      if (registry.isTaken(after)) return 'duplicate'
      registry.set(after)
      settle(before, after)
      return present(after)
    },

    async remove(id, scope) {
      const endpoint = findOf(id, scope)
      if (endpoint === undefined) return undefined
      const isOf = ({ delivery }: Row) => delivery.endpoint === id && !isFinal(delivery)
      for (const row of [...rows.byId.values()].filter(isOf)) {
        if (row.delivery.state === 'scheduled') row.lease += 1
        rows.change(row, { state: 'cancelled' })
      }
      registry.delete(endpoint)
      queueOf(endpoint).setHealth({})
      return 'removed'
    },

    async publish(message, patterns) {
      const known = rows.findPublished(message)
      if (known) {
        const kind = isSameDelivery(known.message, message) ? 'duplicate' : 'conflict'
        const { id } = known.message
        // the one without an endpoint has the id of the message
        return { kind, id, count: rows.byId.has(id) ? known.count - 1 : known.count }
      }
      const listeners = registry.list(message.owner).filter((one) => isListening(one, patterns))
      const published = rows.addMessage(message)
      for (const { id } of listeners) add(publishedDelivery(message, id), published)
      if (listeners.length === 0) add(publishedDelivery(message), published)
      return { kind: 'stored', id: message.id, count: listeners.length }
    },

    async callbacks(range) {
      return [...new Set(select(range).map(({ message }) => message.callback))]
    },

    async replay({ endpoint, callbacks, limit, ...range }) {
      if (registry.get(endpoint)?.owner !== range.owner) return { count: 0 }
      const missed = select(range).filter(
        ({ message }) =>
          callbacks.includes(message.callback) &&
          !rows.byId.has(publishedIdOf(message.id, endpoint)),
      )
      const some = missed.slice(0, limit)
      for (const published of some) {
        // as after a redrive, its expiry may have passed
        const { dueAt: _due, expiresAt: _expiry, ...message } = published.message
        add(publishedDelivery(message, endpoint), published)
      }
      const last = some.at(-1)
      const isMore = last !== undefined && some.length < missed.length
      return { count: some.length, ...(isMore && { since: last.message.createdAt }) }
    },
  }
}
