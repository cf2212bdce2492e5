import type { Delivery } from '@ringback/core'
import { type Clock, systemClock } from './clock.ts'
import { dueQueue } from './due-queue.ts'
import { SenderError } from './errors.ts'
import {
  type Attempt,
  type Claim,
  type ClaimedDelivery,
  type DeliveryRecord,
  type DeliveryStore,
  type StoredDelivery,
  withoutPayload,
} from './store.ts'

/** Options of a store in memory. */
export interface MemoryStoreOptions {
  /** Accepts that deliveries are lost with the process, where it may end after any request. */
  readonly volatile?: boolean
  readonly clock?: Pick<Clock, 'now'>
}

interface Row {
  delivery: StoredDelivery
  readonly log: Attempt[]
  lease: number
  leaseEndsAt: number
  lostLeases: number
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
  const final: string[] = []
  // entries of states that were left meanwhile are dropped when they come up
  const due = dueQueue<Row>()
  const leases = dueQueue<Row>()

  const settle = (row: Row) => {
    if (row.delivery.state === 'scheduled') due.push(dueAt(row), row)
    if (!isFinal(row.delivery)) return
    final.push(row.delivery.id)
    const oldest = final.length > KEPT_FINAL ? final.shift() : undefined
    if (oldest !== undefined) rows.delete(oldest)
  }
  const set = (row: Row, change: Partial<StoredDelivery>) => {
    // these belong to the state that the delivery leaves
    const { dueAt: _dueAt, reason: _reason, detail: _detail, ...rest } = row.delivery
    row.delivery = { ...rest, ...change }
    settle(row)
  }
  /** The earliest that is still scheduled. */
  const nextDue = () => {
    for (;;) {
      const next = due.peek()
      if (next === undefined) return undefined
      const { delivery } = next.item
      if (delivery.state === 'scheduled' && dueAt(next.item) === next.at) return next
      due.pop()
    }
  }

  return {
    async enqueue(delivery, log = []) {
      const row = { delivery, log: [...log], lease: 0, leaseEndsAt: 0, lostLeases: 0 }
      rows.set(delivery.id, row)
      settle(row)
    },

    async claim({ limit, lease }): Promise<Claim> {
      const now = clock.now()
      const deliveries: ClaimedDelivery[] = []
      let next = nextDue()
      while (next !== undefined && next.at <= now && deliveries.length < limit) {
        const row = next.item
        due.pop()
        set(row, { state: 'sending' })
        row.lease += 1
        row.leaseEndsAt = now + lease
        leases.push(row.leaseEndsAt, row)
        deliveries.push({ ...row.delivery, lease: row.lease })
        next = nextDue()
      }
      return { deliveries, ...(next && { nextDueAt: next.at }) }
    },

    async commit(delivery, transition, attempt) {
      const row = rows.get(delivery.id)
      if (row?.delivery.state !== 'sending' || row.lease !== delivery.lease) return false
      row.lostLeases = 0
      if (attempt) row.log.push(attempt)
      set(row, transition)
      return true
    },

    async sweep({ most, detail }) {
      const now = clock.now()
      const lost: Delivery[] = []
      for (let next = leases.peek(); next && next.at <= now; next = leases.peek()) {
        leases.pop()
        const row = next.item
        if (row.delivery.state !== 'sending' || row.leaseEndsAt !== next.at) continue
        row.lostLeases += 1
        row.lease += 1
        set(
          row,
          row.lostLeases < most
            ? { state: 'scheduled', dueAt: now }
            : { state: 'dead', reason: 'internal', detail },
        )
        lost.push(withoutPayload(row.delivery))
      }
      return lost
    },

    async query({ id, state, owner, limit = 100 } = {}) {
      const found: DeliveryRecord[] = []
      for (const { delivery, log } of [...rows.values()].reverse()) {
        if (found.length === limit) break
        if (id !== undefined && delivery.id !== id) continue
        if (state !== undefined && delivery.state !== state) continue
        if (owner !== undefined && delivery.owner !== owner) continue
        found.push({ ...withoutPayload(delivery), log: [...log] })
      }
      return found
    },
  }
}

function dueAt(row: Row): number {
  return row.delivery.dueAt ?? 0
}

function isFinal({ state }: Delivery): boolean {
  return state !== 'scheduled' && state !== 'sending'
}

/** Cloudflare Workers and Vercel Edge name themselves; elsewhere a process lasts. */
function isEdgeRuntime(): boolean {
  return 'EdgeRuntime' in globalThis || globalThis.navigator?.userAgent === 'Cloudflare-Workers'
}
