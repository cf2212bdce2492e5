import type { Clock } from '../clock.ts'
import type { DeliveryStore } from '../store/delivery-store.ts'

/** How long final deliveries are kept, how many of each owner, and how long exchanges. */
export interface Retention {
  /** Milliseconds. */
  readonly age: number
  /** The most deliveries of one owner. */
  readonly count: number
  /** The most bytes of payloads of one owner. */
  readonly bytes: number
  /** Milliseconds that an exchange is kept. */
  readonly exchangeAge: number
}

const INTERVAL = 10 * 60_000
const BATCH = 1000

/**
 * Makes a function that erases old final deliveries: one batch a call, so that no caller waits long, and when nothing
 * is left nothing for ten minutes.
 */
export function createCleaner(
  store: DeliveryStore,
  clock: Pick<Clock, 'now'>,
  { age, count, bytes, exchangeAge }: Retention,
): () => Promise<void> {
  let next = 0
  return async () => {
    const now = clock.now()
    if (now < next && next - now <= INTERVAL) return
    const old = await store.erase({ age, limit: BATCH })
    const surplus = await store.erase({ beyond: { count, bytes }, limit: BATCH })
    const exchanges = await store.eraseExchanges({ age: exchangeAge, limit: BATCH })
    if (old + surplus + exchanges === 0) next = now + INTERVAL
  }
}
