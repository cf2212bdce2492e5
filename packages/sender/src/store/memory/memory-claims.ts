import type { Delivery } from '@ringback/core'
import { toDelivery } from '../apply-change.ts'
import type {
  ClaimedDelivery,
  CommitResult,
  DeliveryStore,
  DeliveryTransition,
} from '../delivery-store.ts'
import { HELD_FOREVER, judgeEndpoint } from '../endpoint-health.ts'
import { EXPIRED, LOST, MOST_LOST_LEASES } from '../ends.ts'
import { judgeEndpointFailures } from '../judge-endpoint-failures.ts'
import type { StoreClock } from '../store-clock.ts'
import type { DisabledReason } from '../stored-endpoint.ts'
import type { Registry } from './registry.ts'
import type { Row, Rows } from './rows.ts'

type Claims = Pick<DeliveryStore, 'claim' | 'commit' | 'extend'>

/** Makes the methods of a store in memory that workers call. */
export function createMemoryClaims(rows: Rows, registry: Registry, clock: StoreClock): Claims {
  /** Gives the first that expires while it waits; one that was sent or redriven meanwhile is dropped. */
  const peekExpiry = () => {
    const { expiries } = rows
    for (let next = expiries.peek(); next; next = expiries.peek()) {
      const { state, expiresAt } = next.item.delivery
      if (state === 'scheduled' && expiresAt === next.at) return next
      expiries.pop()
    }
    return undefined
  }

  const sweep = (): Delivery[] => {
    const now = clock.now()
    const changed = new Set<Row>()
    for (const row of rows.sending) {
      if (row.leaseEndsAt > now) continue
      row.lostLeases += 1
      row.lease += 1
      rows.change(
        row,
        row.lostLeases < MOST_LOST_LEASES ? { state: 'scheduled', dueAt: now } : LOST,
      )
      changed.add(row)
    }
    const wall = clock.wall()
    for (let next = peekExpiry(); next && next.at <= wall; next = peekExpiry()) {
      rows.expiries.pop()
      rows.change(next.item, EXPIRED)
      changed.add(next.item)
    }
    return [...changed].map(({ delivery }) => toDelivery(delivery))
  }

  /** Gives the time until something is due, in milliseconds. */
  const nextIn = (): number | undefined => {
    const now = clock.now()
    let next = (rows.queues.nextAt() ?? Number.POSITIVE_INFINITY) - now
    for (const { leaseEndsAt } of rows.sending) next = Math.min(next, leaseEndsAt - now)
    const expiry = peekExpiry()
    if (expiry) next = Math.min(next, expiry.at - clock.wall())
    // nothing is due while all that waits is parked at a disabled endpoint
    return next < HELD_FOREVER - now ? Math.max(0, Math.floor(next)) : undefined
  }

  /** Counts an attempt for the registered endpoint of a row; gives why it is disabled then. */
  const countFailure = (row: Row, transition: DeliveryTransition): DisabledReason | undefined => {
    const endpoint = registry.get(row.delivery.endpoint)
    if (endpoint?.state !== 'enabled') return undefined
    const judged = judgeEndpointFailures(endpoint.failingSince, transition, clock.now())
    if (judged === undefined) return undefined
    const { disabled } = judged
    registry.judge(endpoint, judged)
    if (disabled) row.queue.setHealth({ heldUntil: HELD_FOREVER })
    return disabled
  }

  return {
    async claim({ limit, lease, limits = { endpoint: {} } }) {
      const swept = sweep()
      const now = clock.now()
      const deliveries: ClaimedDelivery[] = []
      const onTake = (row: Row, isProbe: boolean) => {
        rows.take(row, now + lease)
        const target = registry.targetOf(row.delivery.endpoint)
        deliveries.push({ ...row.delivery, lease: row.lease, isProbe, ...(target && { target }) })
      }
      rows.queues.take({ limit, lease, limits, now, onTake })
      const next = nextIn()
      return { deliveries, swept, ...(next !== undefined && { nextIn: next }) }
    },

    async commit({ id, lease, isProbe }, transition, attempt): Promise<CommitResult> {
      const row = rows.byId.get(id)
      if (row === undefined) return { kind: 'lost' }
      const { state } = row.delivery
      const isOurs = row.lease === lease && (state === 'sending' || state === 'cancelled')
      if (attempt) row.attempts.push(isOurs ? attempt : { ...attempt, isOrphan: true })
      if (!isOurs) return { kind: 'lost' }
      const now = clock.now()
      const isDelivered = transition.state === 'delivered'
      if (attempt) rows.counted.countAttempt(row.delivery, attempt, { isDelivered, now })
      const { receiver, delay = 0, ...change } = transition
      const before = row.queue.health
      const health = receiver ? judgeEndpoint(before, receiver, { isProbe, now }) : before
      const { heldUntil } = health
      const held = heldUntil !== undefined && heldUntil !== before.heldUntil && { heldUntil }
      row.queue.setHealth(health)
      const disabled = countFailure(row, transition)
      const isCancelled = state === 'cancelled' && transition.state !== 'delivered'
      if (!isCancelled) {
        row.lostLeases = 0
        const isAgain = change.state === 'scheduled'
        rows.change(row, isAgain ? { ...change, dueAt: now + delay } : change)
      }
      const delivery = toDelivery(row.delivery)
      return {
        kind: isCancelled ? 'cancelled' : 'done',
        delivery,
        ...held,
        ...(disabled && { disabled }),
      }
    },

    async extend({ id, lease }, milliseconds) {
      const row = rows.byId.get(id)
      if (row?.delivery.state !== 'sending' || row.lease !== lease) return false
      row.leaseEndsAt = clock.now() + milliseconds
      return true
    },
  }
}
