import { loadMemoryParts } from '#late'
import { CLOCK, checkMembers, FLAG, type Rule } from '../../check-members.ts'
import { type Clock, systemClock } from '../../clock.ts'
import { SenderError } from '../../errors.ts'
import { toDelivery } from '../apply-change.ts'
import type { DeliveryStore } from '../delivery-store.ts'
import { isSameDelivery } from '../is-same-delivery.ts'
import { createStoreClock } from '../store-clock.ts'
import { createLateEndpoints } from './late-endpoints.ts'
import { createMemoryClaims } from './memory-claims.ts'
import { createMemoryExchanges } from './memory-exchanges.ts'
import { createMemoryRecords } from './memory-records.ts'
import { createRegistry } from './registry.ts'
import { createRows } from './rows.ts'

/** Options of a store in memory. */
export interface MemoryStoreOptions {
  /** Accepts that deliveries are lost with the process, on runtimes that may end it after any request. */
  readonly volatile?: boolean
  readonly clock?: Pick<Clock, 'now'>
}

// the compiler compares it with the type
const OPTIONS = { volatile: FLAG, clock: CLOCK } satisfies Record<keyof MemoryStoreOptions, Rule>

/**
 * Keeps deliveries in memory, for tests and demos: they end with the process. Of the final ones it keeps the newest
 * 10,000, and at most 64 MB of payloads.
 *
 * @example
 * const sender = createSender({ store: memoryStore(), secrets: [secret], fetch: guardedFetch() })
 *
 * @throws {SenderError} with `volatile` on an edge runtime, unless `volatile: true`; `option` for a wrong option
 */
export function memoryStore(options: MemoryStoreOptions = {}): DeliveryStore {
  checkMembers('memoryStore', options, OPTIONS)
  if (!options.volatile && isEdgeRuntime()) {
    throw new SenderError(
      'volatile',
      'memoryStore() loses every retry when this edge runtime ends the isolate: use a durable store, or accept the loss with memoryStore({ volatile: true })',
    )
  }
  const clock = createStoreClock(options.clock ?? systemClock)
  const registry = createRegistry()
  const rows = createRows(clock, registry.limitsOf)
  return {
    endpoints: createLateEndpoints(rows, registry, clock),
    async enqueue(delivery, attempts = []) {
      const { id } = delivery
      if (rows.byId.has(id)) throw new Error(`the delivery '${id}' is already stored`)
      const known = rows.findDuplicate(delivery)
      if (known) {
        const kind = isSameDelivery(known.delivery, delivery) ? 'duplicate' : 'conflict'
        return { kind, delivery: toDelivery(known.delivery) }
      }
      const { createdAt, dueAt = createdAt } = delivery
      const isDue = delivery.state === 'scheduled'
      const stored = isDue ? { ...delivery, dueAt: clock.now() + dueAt - createdAt } : delivery
      const added = rows.add(stored, attempts)
      const isDelivered = delivery.state === 'delivered'
      for (const attempt of attempts) {
        rows.counted.countAttempt(delivery, attempt, { isDelivered, now: clock.now() })
      }
      return { kind: 'stored', delivery: toDelivery(added.delivery) }
    },
    ...createMemoryClaims(rows, registry, clock),
    ...createMemoryRecords(rows, clock),
    ...createMemoryExchanges(clock),
    async health() {
      const age = clock.now() - (rows.queues.firstDueAt() ?? Number.POSITIVE_INFINITY)
      return age >= 0 ? { oldestDue: age } : {}
    },
    stats: async (filter) => (await loadMemoryParts()).readMemoryStats(rows, clock, filter),
  }
}

/** Cloudflare Workers and Vercel Edge name themselves; on other runtimes a process lasts. */
function isEdgeRuntime(): boolean {
  return 'EdgeRuntime' in globalThis || globalThis.navigator?.userAgent === 'Cloudflare-Workers'
}
