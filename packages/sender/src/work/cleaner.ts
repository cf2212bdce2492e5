import type { Clock } from '../clock.ts'
import type { DeliveryStore } from '../store/delivery-store.ts'

/** How long and how many final deliveries are kept, and how long exchanges. */
export interface Retention {
  /** Milliseconds. */
  readonly age: number
  readonly count: number
  /** Milliseconds that an exchange is kept; without it until it is forgotten. */
  readonly exchangeAge?: number
}

const INTERVAL = 10 * 60_000
const BATCH = 1000

/**
 * Makes what erases old final deliveries: a batch each time it is called, so that nobody waits long for it, and
 * nothing for ten minutes once there is nothing more.
 */
export function createCleaner(
  store: DeliveryStore,
  clock: Pick<Clock, 'now'>,
  { age, count, exchangeAge }: Retention,
): () => Promise<void> {
  let next = 0
  return async () => {
    const now = clock.now()
    if (now < next && next - now <= INTERVAL) return
    const old = await store.erase({ endedBefore: now - age, limit: BATCH })
    const many = await store.erase({ keep: count, limit: BATCH })
    const exchanges =
      exchangeAge === undefined
        ? 0
        : await store.eraseExchanges({ keptBefore: now - exchangeAge, limit: BATCH })
    if (old < BATCH && many < BATCH && exchanges < BATCH) next = now + INTERVAL
  }
}
