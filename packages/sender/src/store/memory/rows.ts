import type { Delivery } from '@ringback/core'
import type { Clock } from '../../clock.ts'
import { applyChange, type StateChange, toDelivery } from '../apply-change.ts'
import type { Attempt } from '../attempt.ts'
import { dedupeKeyOf, isFinal, orderKeyOf } from '../delivery-keys.ts'
import type { StoredDelivery } from '../delivery-store.ts'
import { createDueQueue, type DueQueue } from './due-queue.ts'
import { createEndpointQueues, type EndpointQueue, type EndpointQueues } from './endpoint-queues.ts'
import { createOrderChains } from './order-chains.ts'

/** A stored delivery with its attempts and its lease. */
export interface Row {
  delivery: StoredDelivery
  readonly attempts: Attempt[]
  readonly queue: EndpointQueue<Row>
  lease: number
  leaseEndsAt: number
  lostLeases: number
  endedAt: number
}

/** The rows of a store in memory, and where each of them waits. */
export interface Rows {
  readonly byId: ReadonlyMap<string, Row>
  /** Rows of final deliveries, those that ended first first. */
  readonly final: ReadonlySet<Row>
  /** Rows of deliveries that are being sent. */
  readonly sending: ReadonlySet<Row>
  readonly queues: EndpointQueues<Row>
  /** Rows by the time at which they expire; those that have left their state meanwhile are still in it. */
  readonly expiries: DueQueue<Row>
  findDuplicate(delivery: Delivery): Row | undefined
  add(delivery: StoredDelivery, attempts: readonly Attempt[]): void
  /** Marks a row that its queue gave as being sent. */
  take(row: Row, leaseEndsAt: number): void
  change(row: Row, change: StateChange): void
  /** Makes a row that is dead or scheduled due now. */
  redrive(row: Row): void
  remove(row: Row): void
  /** Gives a row's delivery as others see it. */
  present(row: Row): Delivery
}

const KEPT_FINAL = 10_000

/** Makes an empty set of rows. */
export function createRows(clock: Pick<Clock, 'now'>): Rows {
  const byId = new Map<string, Row>()
  const byDedupeKey = new Map<string, Row>()
  const final = new Set<Row>()
  const sending = new Set<Row>()
  const expiries = createDueQueue<Row>()
  // a row that has left its state is dropped when its turn comes
  const queues = createEndpointQueues<Row>(
    ({ delivery }, at) => delivery.state === 'scheduled' && delivery.dueAt === at,
  )
  const chains = createOrderChains<Row>((row) => row.queue.add(row.delivery.dueAt ?? 0, row))

  const remove = (row: Row) => {
    final.delete(row)
    byId.delete(row.delivery.id)
    byDedupeKey.delete(dedupeKeyOf(row.delivery))
  }
  /** Puts a row where its state belongs. */
  const place = (row: Row, turn: 'next' | 'last' = 'last') => {
    const { delivery } = row
    if (delivery.state === 'scheduled') {
      chains.add(orderKeyOf(delivery), row, turn)
      if (delivery.expiresAt !== undefined) expiries.push(delivery.expiresAt, row)
    } else if (isFinal(delivery)) {
      chains.remove(orderKeyOf(delivery), row)
      row.endedAt = clock.now()
      final.add(row)
      const [oldest] = final
      if (final.size > KEPT_FINAL && oldest) remove(oldest)
    }
  }

  return {
    byId,
    final,
    sending,
    queues,
    expiries,
    findDuplicate: (delivery) =>
      delivery.dedupeKey === undefined ? undefined : byDedupeKey.get(dedupeKeyOf(delivery)),
    add(delivery, attempts) {
      const queue = queues.of(delivery.owner, delivery.endpoint ?? '')
      const counts = { lease: 0, leaseEndsAt: 0, lostLeases: 0, endedAt: 0 }
      const row = { delivery, attempts: [...attempts], queue, ...counts }
      byId.set(delivery.id, row)
      if (delivery.dedupeKey !== undefined) byDedupeKey.set(dedupeKeyOf(delivery), row)
      place(row)
    },
    take(row, leaseEndsAt) {
      row.delivery = applyChange(row.delivery, { state: 'sending' })
      row.lease += 1
      row.leaseEndsAt = leaseEndsAt
      sending.add(row)
    },
    change(row, change) {
      const wasSending = sending.delete(row)
      row.delivery = applyChange(row.delivery, change)
      if (wasSending) row.queue.release()
      place(row)
    },
    redrive(row) {
      const dueAt = clock.now()
      if (row.delivery.state === 'scheduled') {
        row.delivery = { ...row.delivery, dueAt }
        place(row)
        return
      }
      final.delete(row)
      const { reason: _reason, detail: _detail, expiresAt: _expiry, ...rest } = row.delivery
      row.delivery = { ...rest, state: 'scheduled', attemptCount: 0, refusals: 0, dueAt }
      place(row, 'next')
    },
    remove,
    present(row) {
      const delivery = toDelivery(row.delivery)
      const isParked = delivery.state === 'scheduled' && row.queue.isHeld(clock.now())
      return isParked ? { ...delivery, state: 'parked' } : delivery
    },
  }
}
