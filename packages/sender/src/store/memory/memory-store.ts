import type { Delivery } from '@ringback/core'
import { type Clock, systemClock } from '../../clock.ts'
import { SenderError } from '../../errors.ts'
import { applyChange, type StateChange, toDelivery } from '../apply-change.ts'
import type { Attempt } from '../attempt.ts'
import { dedupeKeyOf, isFinal, orderKeyOf } from '../delivery-keys.ts'
import type {
  ClaimedDelivery,
  ClaimResult,
  DeliveryRecord,
  DeliveryStore,
  StoredDelivery,
} from '../delivery-store.ts'
import { isSameDelivery } from '../is-same-delivery.ts'
import { createDueQueue } from './due-queue.ts'
import { createEndpointQueues, type EndpointQueue } from './endpoint-queues.ts'
import { createMemoryExchanges } from './memory-exchanges.ts'
import { createOrderChains } from './order-chains.ts'

/** Options of a store in memory. */
export interface MemoryStoreOptions {
  /** Accepts that deliveries are lost with the process, where it may end after any request. */
  readonly volatile?: boolean
  readonly clock?: Pick<Clock, 'now'>
}

interface Row {
  delivery: StoredDelivery
  readonly log: Attempt[]
  readonly lane: EndpointQueue<Row>
  lease: number
  leaseEndsAt: number
  lostLeases: number
  endedAt: number
}

const KEPT_FINAL = 10_000

/**
 * Keeps deliveries in memory, for tests and demos: they end with the process. Of those that are final it
 * keeps the newest 10,000.
 *
 * @example
 * const sender = createSender({ store: memoryStore(), secrets: [secret], fetch: guardedFetch() })
 *
 * @throws {SenderError} with `volatile` on an edge runtime, unless `volatile: true`
 */
export function memoryStore(options: MemoryStoreOptions = {}): DeliveryStore {
  if (!options.volatile && isEdgeRuntime()) {
    throw new SenderError(
      'volatile',
      'memoryStore() loses every retry when this edge runtime ends the isolate: use a durable store, or accept the loss with memoryStore({ volatile: true })',
    )
  }
  const { clock = systemClock } = options
  const rows = new Map<string, Row>()
  const byDedupeKey = new Map<string, Row>()
  const final = new Set<Row>() // oldest first
  // entries of states that were left meanwhile are dropped when they come up
  const lanes = createEndpointQueues<Row>(
    ({ delivery }, at) => delivery.state === 'scheduled' && delivery.dueAt === at,
  )
  const sending = new Set<Row>()
  const expiries = createDueQueue<Row>()
  const order = createOrderChains<Row>((row) => row.lane.add(row.delivery.dueAt ?? 0, row))

  const remove = (row: Row) => {
    final.delete(row)
    rows.delete(row.delivery.id)
    byDedupeKey.delete(dedupeKeyOf(row.delivery))
  }
  /** Gives a row the place that its state has. */
  const settle = (row: Row, place: 'next' | 'last' = 'last') => {
    const { delivery } = row
    if (delivery.state === 'scheduled') {
      order.add(orderKeyOf(delivery), row, place)
      if (delivery.expiresAt !== undefined) expiries.push(delivery.expiresAt, row)
    } else if (isFinal(delivery)) {
      order.remove(orderKeyOf(delivery), row)
      row.endedAt = clock.now()
      final.add(row)
      const [oldest] = final
      if (final.size > KEPT_FINAL && oldest) remove(oldest)
    }
  }
  const set = (row: Row, change: StateChange) => {
    const wasSending = sending.delete(row)
    row.delivery = applyChange(row.delivery, change)
    if (wasSending) row.lane.release()
    settle(row)
  }
  const present = (row: Row): Delivery => {
    const delivery = toDelivery(row.delivery)
    const isParked = delivery.state === 'scheduled' && row.lane.isHeld(clock.now())
    return isParked ? { ...delivery, state: 'parked' } : delivery
  }

  return {
    async enqueue(delivery, log = []) {
      if (rows.has(delivery.id)) throw new Error(`the delivery '${delivery.id}' is stored already`)
      const known = delivery.dedupeKey && byDedupeKey.get(dedupeKeyOf(delivery))
      if (known) {
        const kind = isSameDelivery(known.delivery, delivery) ? 'duplicate' : 'conflict'
        return { kind, delivery: present(known) }
      }
      const lane = lanes.of(delivery.owner, delivery.endpoint ?? '')
      const counts = { lease: 0, leaseEndsAt: 0, lostLeases: 0, endedAt: 0 }
      const row = { delivery, log: [...log], lane, ...counts }
      rows.set(delivery.id, row)
      if (delivery.dedupeKey !== undefined) byDedupeKey.set(dedupeKeyOf(delivery), row)
      settle(row)
      return { kind: 'stored' }
    },

    async claim({ limit, lease, limits = { endpoint: {} } }): Promise<ClaimResult> {
      const now = clock.now()
      const deliveries: ClaimedDelivery[] = []
      const onTake = (row: Row, isProbe: boolean) => {
        row.delivery = applyChange(row.delivery, { state: 'sending' })
        row.lease += 1
        row.leaseEndsAt = now + lease
        sending.add(row)
        deliveries.push({ ...row.delivery, lease: row.lease, isProbe })
      }
      lanes.take({ limit, lease, limits, now, onTake })
      const nextDueAt = lanes.nextAt()
      return { deliveries, ...(nextDueAt !== undefined && { nextDueAt }) }
    },

    async commit({ id, lease }, transition, attempt) {
      const row = rows.get(id)
      if (row === undefined) return 'lost'
      const { state } = row.delivery
      const isOurs = row.lease === lease && (state === 'sending' || state === 'cancelled')
      if (attempt) row.log.push(isOurs ? attempt : { ...attempt, isOrphan: true })
      if (!isOurs) return 'lost'
      if (transition.endpoint) row.lane.set(transition.endpoint)
      if (state === 'cancelled' && transition.state !== 'delivered') return 'cancelled'
      row.lostLeases = 0
      set(row, transition)
      return 'done'
    },

    async extend({ id, lease }, milliseconds) {
      const row = rows.get(id)
      if (row?.delivery.state !== 'sending' || row.lease !== lease) return false
      row.leaseEndsAt = clock.now() + milliseconds
      return true
    },

    async sweep({ most, detail }) {
      const now = clock.now()
      const changed: Delivery[] = []
      for (const row of sending) {
        if (row.leaseEndsAt > now) continue
        row.lostLeases += 1
        row.lease += 1
        const isLast = row.lostLeases >= most
        if (isLast) set(row, { state: 'dead', reason: 'internal', detail })
        else set(row, { state: 'scheduled', dueAt: now })
        changed.push(present(row))
      }
      for (let next = expiries.peek(); next && next.at <= now; next = expiries.peek()) {
        expiries.pop()
        if (next.item.delivery.state !== 'scheduled') continue
        set(next.item, {
          state: 'dead',
          reason: 'expired',
          detail: 'expired before it was delivered',
        })
        changed.push(present(next.item))
      }
      return changed
    },

    async cancel(id) {
      const row = rows.get(id)
      if (row && !isFinal(row.delivery)) {
        // whoever is sending it may still say that it was delivered, and nobody else
        if (row.delivery.state === 'scheduled') row.lease += 1
        set(row, { state: 'cancelled' })
      }
      return row && present(row)
    },

    async redrive(id) {
      const row = rows.get(id)
      if (row === undefined) return undefined
      const { state } = row.delivery
      const now = clock.now()
      if (state === 'dead') {
        final.delete(row)
        const { reason: _reason, detail: _detail, expiresAt: _expiry, ...rest } = row.delivery
        row.delivery = { ...rest, state: 'scheduled', attemptCount: 0, refusals: 0, dueAt: now }
        settle(row, 'next')
      } else if (state === 'scheduled') {
        row.delivery = { ...row.delivery, dueAt: now }
        settle(row)
      }
      if (row.lane.isHeld(now)) row.lane.set({ heldUntil: now })
      return present(row)
    },

    find: async (id) => rows.get(id)?.delivery,

    async query({ id, state, owner, limit = 100 } = {}) {
      const found: DeliveryRecord[] = []
      const [one] = id === undefined ? [] : [rows.get(id)]
      const all = id === undefined ? [...rows.values()].reverse() : one ? [one] : []
      for (const row of all) {
        if (found.length === limit) break
        const delivery = present(row)
        if (state !== undefined && delivery.state !== state) continue
        if (owner !== undefined && delivery.owner !== owner) continue
        found.push({ ...delivery, attempts: [...row.log] })
      }
      return found
    },

    ...createMemoryExchanges(clock),

    async erase({
      id,
      owner,
      exchangeKey,
      endedBefore,
      keep = 0,
      limit = Number.POSITIVE_INFINITY,
    }) {
      const most = Math.min(limit, final.size - keep)
      let erased = 0
      for (const row of final) {
        if (erased >= most) break
        if (endedBefore !== undefined && row.endedAt >= endedBefore) break
        if (id !== undefined && row.delivery.id !== id) continue
        if (owner !== undefined && row.delivery.owner !== owner) continue
        if (exchangeKey !== undefined && row.delivery.exchangeKey !== exchangeKey) continue
        remove(row)
        erased += 1
      }
      return erased
    },
  }
}

/** Cloudflare Workers and Vercel Edge name themselves; elsewhere a process lasts. */
function isEdgeRuntime(): boolean {
  return 'EdgeRuntime' in globalThis || globalThis.navigator?.userAgent === 'Cloudflare-Workers'
}
