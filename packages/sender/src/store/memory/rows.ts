import type { Delivery } from '@ringback/core'
import { applyChange, type StateChange, toDelivery } from '../apply-change.ts'
import type { Attempt } from '../attempt.ts'
import { dedupeKeyOf, isFinal, orderKeyOf } from '../delivery-keys.ts'
import type { Allotment, StoredDelivery } from '../delivery-store.ts'
import type { StoredMessage } from '../endpoint-store.ts'
import type { RequestLimit } from '../request-limits.ts'
import { type CountGroups, createCountGroups } from '../stats/count-groups.ts'
import type { StoreClock } from '../store-clock.ts'
import { createDueQueue, type DueQueue } from './due-queue.ts'
import {
  createEndpointQueues,
  type EndpointHandle,
  type EndpointQueues,
} from './endpoint-queues.ts'
import { createOrderChains } from './order-chains.ts'

/** A stored delivery with its attempts and its lease. */
export interface Row {
  delivery: StoredDelivery
  readonly attempts: Attempt[]
  queue: EndpointHandle<Row>
  lease: number
  leaseEndsAt: number
  lostLeases: number
  endedAt: number
  /** The published message that it is a delivery of. */
  readonly message: PublishedMessage | undefined
}

/** A published message, and how many of its deliveries are stored. */
export interface PublishedMessage {
  readonly message: StoredMessage
  count: number
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
  /** Published messages by id. */
  readonly messages: ReadonlyMap<string, PublishedMessage>
  /** What has been counted of them. */
  readonly counted: CountGroups
  /** Tells whether a row waits for an earlier one with its orderKey. */
  isBehind(row: Row): boolean
  findDuplicate(delivery: Delivery): Row | undefined
  findPublished(message: StoredMessage): PublishedMessage | undefined
  add(delivery: StoredDelivery, attempts: readonly Attempt[]): Row
  /** Adds a message; each of its deliveries is added with it. */
  addMessage(message: StoredMessage): PublishedMessage
  addPublished(delivery: StoredDelivery, published: PublishedMessage): Row
  /** Marks a row that its queue gave as being sent. */
  take(row: Row, leaseEndsAt: number): void
  change(row: Row, change: StateChange): void
  /** Makes a row that is dead or scheduled due now. */
  redrive(row: Row): void
  remove(row: Row): void
  /** Gives a row's delivery as others see it. */
  present(row: Row): Delivery
}

const KEPT: Allotment = { count: 10_000, bytes: 64 * 1024 * 1024 }

/** Makes an empty set of rows. */
export function createRows(
  clock: StoreClock,
  limitsOf?: (endpoint: string) => RequestLimit | undefined,
): Rows {
  const byId = new Map<string, Row>()
  const byDedupeKey = new Map<string, Row>()
  const messages = new Map<string, PublishedMessage>()
  const publishedByKey = new Map<string, PublishedMessage>()
  const final = new Set<Row>()
  const sending = new Set<Row>()
  const expiries = createDueQueue<Row>()
  const counted = createCountGroups()
  let keptBytes = 0
  // a row that has left its state is dropped when its turn comes
  const isDue = ({ delivery }: Row, at: number) =>
    delivery.state === 'scheduled' && delivery.dueAt === at
  const queues = createEndpointQueues<Row>({
    isDue,
    now: clock.now,
    ...(limitsOf && { limitsOf }),
  })
  const chains = createOrderChains<Row>((row) => row.queue.add(row.delivery.dueAt ?? 0, row))
  const queueOf = ({ owner, endpoint = '' }: Delivery) => queues.of(owner, endpoint)

  const leaveFinal = (row: Row) => {
    if (final.delete(row)) keptBytes -= row.delivery.payload.byteLength
  }
  const leaveMessage = (published: PublishedMessage) => {
    published.count -= 1
    if (published.count > 0) return
    const { message } = published
    messages.delete(message.id)
    if (message.dedupeKey !== undefined) publishedByKey.delete(dedupeKeyOf(message))
  }
  const remove = (row: Row) => {
    leaveFinal(row)
    byId.delete(row.delivery.id)
    const { message, delivery } = row
    if (message) leaveMessage(message)
    else if (delivery.dedupeKey !== undefined) byDedupeKey.delete(dedupeKeyOf(delivery))
  }
  /** Ends a row; of all that have ended, the oldest go. */
  const end = (row: Row) => {
    row.endedAt = clock.now()
    counted.countEnd(row.delivery, row.endedAt)
    final.add(row)
    keptBytes += row.delivery.payload.byteLength
    while (final.size > KEPT.count || (keptBytes > KEPT.bytes && final.size > 1)) {
      const oldest = final.values().next().value
      if (oldest === undefined) break
      remove(oldest)
    }
  }
  /** Puts a row where its state belongs. */
  const place = (row: Row, turn: 'next' | 'last' = 'last') => {
    const { delivery } = row
    if (delivery.state !== 'scheduled') return
    chains.add(orderKeyOf(delivery), row, turn)
    if (delivery.expiresAt !== undefined) expiries.push(delivery.expiresAt, row)
  }

  const insert = (
    delivery: StoredDelivery,
    attempts: readonly Attempt[],
    message?: PublishedMessage,
  ): Row => {
    const counts = { lease: 0, leaseEndsAt: 0, lostLeases: 0, endedAt: 0 }
    const row = { delivery, attempts: [...attempts], queue: queueOf(delivery), ...counts, message }
    byId.set(delivery.id, row)
    if (isFinal(delivery)) end(row)
    else {
      row.queue.join()
      place(row)
    }
    return row
  }

  return {
    byId,
    messages,
    final,
    sending,
    queues,
    expiries,
    counted,
    isBehind: (row) => chains.isBehind(orderKeyOf(row.delivery), row),
    findDuplicate: (delivery) =>
      delivery.dedupeKey === undefined ? undefined : byDedupeKey.get(dedupeKeyOf(delivery)),
    findPublished: (message) =>
      message.dedupeKey === undefined ? undefined : publishedByKey.get(dedupeKeyOf(message)),
    add(delivery, attempts) {
      const row = insert(delivery, attempts)
      if (delivery.dedupeKey !== undefined) byDedupeKey.set(dedupeKeyOf(delivery), row)
      return row
    },
    addMessage(message) {
      const published = { message, count: 0 }
      messages.set(message.id, published)
      if (message.dedupeKey !== undefined) publishedByKey.set(dedupeKeyOf(message), published)
      return published
    },
    addPublished(delivery, published) {
      published.count += 1
      return insert(delivery, [], published)
    },
    take(row, leaseEndsAt) {
      row.delivery = applyChange(row.delivery, { state: 'sending' })
      row.lease += 1
      row.leaseEndsAt = leaseEndsAt
      sending.add(row)
    },
    change(row, change) {
      const wasFinal = isFinal(row.delivery)
      const wasSending = sending.delete(row)
      row.delivery = applyChange(row.delivery, change)
      const isOver = isFinal(row.delivery)
      // a delivery that was cancelled while it was being sent, and was delivered
      if (wasFinal) leaveFinal(row)
      else if (isOver) row.queue.leave()
      if (wasSending) row.queue.release()
      if (!isOver) return place(row)
      chains.remove(orderKeyOf(row.delivery), row)
      end(row)
    },
    redrive(row) {
      const dueAt = clock.now()
      if (row.delivery.state === 'scheduled') {
        row.delivery = { ...row.delivery, dueAt }
        place(row)
        return
      }
      leaveFinal(row)
      // no late commit of a worker that had it before
      row.lease += 1
      row.lostLeases = 0
      const { reason: _reason, detail: _detail, expiresAt: _expiry, ...rest } = row.delivery
      row.delivery = { ...rest, state: 'scheduled', attemptCount: 0, refusals: 0, dueAt }
      row.queue = queueOf(row.delivery)
      row.queue.join()
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
