import type { StoredDelivery } from '@ringback/sender'
import type { Place } from './query.ts'

/** Deliveries that were stored in transactions of the application's, to be counted once those are committed. */
export interface LateCounts {
  add(delivery: StoredDelivery): void
  /** Counts those that are committed; never rejects. */
  settle(): Promise<void>
}

type CountEnd = (delivery: StoredDelivery, now: number) => void

// until then a transaction may be open
const PATIENCE = 10 * 60_000
const MOST = 1000

/**
 * Counts no delivery of a transaction that is rolled back. The counts are not written in that transaction: while it is
 * open, it would keep every worker from writing its own.
 */
export function createLateCounts({ driver, s, now }: Place, countEnd: CountEnd): LateCounts {
  const waiting = new Map<string, { readonly delivery: StoredDelivery; readonly at: number }>()
  const timeNow = () => now() ?? Date.now()

  return {
    add(delivery) {
      const oldest = waiting.keys().next().value
      if (waiting.size >= MOST && oldest !== undefined) waiting.delete(oldest)
      waiting.set(delivery.id, { delivery, at: timeNow() })
    },
    async settle() {
      if (waiting.size === 0) return
      const ids = [...waiting.keys()]
      const rows = await driver
        .run(
          `SELECT id FROM ${s}.delivery WHERE id IN (SELECT json_array_elements_text($1::text::json))`,
          [JSON.stringify(ids)],
        )
        // the server is away: the next time
        .catch(() => [])
      const committed = new Set(rows.map(({ id }) => String(id)))
      for (const id of ids) {
        const one = waiting.get(id)
        if (one === undefined) continue
        if (committed.has(id)) countEnd(one.delivery, one.at)
        if (committed.has(id) || timeNow() - one.at > PATIENCE) waiting.delete(id)
      }
    },
  }
}
