import type { Clock } from '../clock.ts'
import type { DeliveryStore } from '../store/delivery-store.ts'

/** How long and how many final deliveries are kept, and how long exchanges. */
export interface Retention {
  /** Milliseconds. */
  readonly age: number
  readonly count: number
  /** Milliseconds that an exchange is kept; without it, an exchange is kept until it is forgotten. */
  readonly exchangeAge?: number
}

const INTERVAL = 10 * 60_000
const BATCH = 1000

/**
 * Makes a function that erases old final deliveries: one batch a call, so that no caller waits long, and after the
 * last batch nothing for ten minutes.
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
    const surplus = await store.erase({ keep: count, limit: BATCH })
    const exchanges =
      exchangeAge === undefined
        ? 0
        : await store.eraseExchanges({ keptBefore: now - exchangeAge, limit: BATCH })
    if (old < BATCH && surplus < BATCH && exchanges < BATCH) next = now + INTERVAL
  }
}
