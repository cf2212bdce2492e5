import type { DatabaseSync } from 'node:sqlite'
import type { ClaimedDelivery, ClaimOptions, ClaimResult } from '@ringback/sender'
import { prepareClaimFromEndpoint } from './claim-from-endpoint.ts'
import type { Queues } from './queues.ts'
import type { Row } from './row.ts'

/** Claims deliveries. */
export interface Claiming {
  /** An empty claim, where no endpoint is ready; `undefined` otherwise. */
  claimNothing(now: number): ClaimResult | undefined
  /** Claims what is due within the limits, in a transaction. */
  claim(options: ClaimOptions, now: number): ClaimResult
}

const PAGE = 100
const BEFORE_ALL = Number.MIN_SAFE_INTEGER

/** Prepares claiming, from endpoints in the order in which they became ready. */
export function prepareClaim(database: DatabaseSync, queues: Queues): Claiming {
  const selectReady = database.prepare(`
    SELECT * FROM ringback_endpoint
    WHERE ready_at <= ? AND (ready_at, owner, endpoint) > (?, ?, ?)
    ORDER BY ready_at, owner, endpoint LIMIT ${PAGE}`)
  const selectAnyReady = database.prepare(
    'SELECT 1 FROM ringback_endpoint WHERE ready_at <= ? LIMIT 1',
  )
  const selectNext = database.prepare(
    'SELECT min(ready_at) AS at FROM ringback_endpoint WHERE ready_at > ?',
  )
  const claimFromEndpoint = prepareClaimFromEndpoint(database, queues)

  /** Page by page, since a claim changes the rows that it walks over. */
  function* readyEndpoints(now: number): Generator<Row> {
    let page = selectReady.all(now, BEFORE_ALL, '', '')
    for (;;) {
      yield* page
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE) return
      page = selectReady.all(now, Number(last.ready_at), String(last.owner), String(last.endpoint))
    }
  }

  const toClaim = (deliveries: readonly ClaimedDelivery[], after: number): ClaimResult => {
    const nextDueAt = selectNext.get(after)?.at
    return { deliveries, ...(typeof nextDueAt === 'number' && { nextDueAt }) }
  }

  return {
    claimNothing: (now) => (selectAnyReady.get(now) ? undefined : toClaim([], now)),
    claim(options, now) {
      const deliveries: ClaimedDelivery[] = []
      for (const endpoint of readyEndpoints(now)) {
        const limit = options.limit - deliveries.length
        if (limit === 0) break
        deliveries.push(...claimFromEndpoint(endpoint, { ...options, limit }, now))
      }
      // what the limit has left may be due already
      const isFull = deliveries.length === options.limit
      return toClaim(deliveries, isFull ? BEFORE_ALL : now)
    },
  }
}
