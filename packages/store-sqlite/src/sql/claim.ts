import type { ClaimedDelivery, ClaimOptions, ClaimResult, RequestLimits } from '@ringback/sender'
import { createTurns, HELD_FOREVER, type StoreClock, takeInTurns } from '@ringback/sender/store'
import { type ClaimScope, prepareEndpointClaims } from './claim-from-endpoint.ts'
import { prepareOwnerClaims, type VisitedOwner } from './claim-from-owner.ts'
import type { EndpointRows } from './endpoint-rows.ts'
import type { EndpointTargets } from './endpoint-targets.ts'
import type { Queues } from './queues.ts'
import type { SqlDriver } from './sql-driver.ts'
import { prepareSweep } from './sweep.ts'

/** Claims deliveries. */
export interface Claiming {
  /** An empty claim, where nothing is due or over; `undefined` otherwise. */
  claimNothing(): ClaimResult | undefined
  /** Ends what is over, and claims what is due within the limits, in a transaction; not too many bytes at once. */
  claim(options: ClaimOptions): ClaimResult
}

/** The dependencies of claims. */
export interface ClaimingOptions {
  readonly driver: SqlDriver
  readonly queues: Queues
  readonly endpoints: EndpointRows
  readonly registered: EndpointTargets
  readonly clock: StoreClock
}

// what is read and sent at once holds up the event loop
const MOST_BYTES = 4 * 1024 * 1024
const NO_LIMITS: RequestLimits = { endpoint: {} }
const BEFORE_ALL = -1
const SELECT_READY = `
  SELECT owner, ready_at, used_up_to FROM ringback_owner INDEXED BY ringback_owner_ready
  WHERE ready_at IS NOT NULL AND ready_at < ? AND (ready_at, owner) > (?, ?)
  ORDER BY ready_at, owner LIMIT ? + 0`
const ANY_READY = `
  SELECT 1 FROM ringback_owner INDEXED BY ringback_owner_ready
  WHERE ready_at IS NOT NULL AND ready_at < ? LIMIT 1`
const NEXT_OWNER = `
  SELECT ready_at AS at FROM ringback_owner INDEXED BY ringback_owner_ready
  WHERE ready_at IS NOT NULL AND ready_at >= ? ORDER BY ready_at LIMIT 1`
const NEXT_ENDPOINT = `
  SELECT ready_at AS at FROM ringback_endpoint INDEXED BY ringback_endpoint_ready
  WHERE owner = ? AND ready_at IS NOT NULL AND ready_at >= ? ORDER BY ready_at LIMIT 1`

/** Prepares claiming: owners take turns, then their endpoints. */
export function prepareClaim(options: ClaimingOptions): Claiming {
  const { driver, queues, endpoints, registered, clock } = options
  const sweep = prepareSweep(driver, queues, clock)
  const owners = prepareOwnerClaims(driver, prepareEndpointClaims(driver, endpoints, registered))
  const turns = createTurns()

  /** Takes in turns from all that are ready, page by page. */
  const takeFromAll = (limit: number, scope: ClaimScope): readonly VisitedOwner[] => {
    const visited: VisitedOwner[] = []
    let free = limit
    let last = { readyAt: BEFORE_ALL, owner: '' }
    while (free > 0 && !scope.isOver()) {
      const count = free
      const page = driver.all(SELECT_READY, scope.now + 1, last.readyAt, last.owner, count)
      const waiting = page.map(owners.visit)
      visited.push(...waiting)
      free -= takeInTurns(waiting, { limit: free }, (owner, most) =>
        owners.take(owner, most, scope),
      )
      const end = page.at(-1)
      if (end === undefined || page.length < count) break
      last = { readyAt: Number(end.ready_at), owner: String(end.owner) }
    }
    return visited
  }

  /** Gives the time until something is due that is not now. */
  const nextIn = (visited: readonly VisitedOwner[]): number | undefined => {
    const now = clock.now()
    // of an owner that has something due now, and may not send it, something else may be due later
    const rows = [
      driver.get(NEXT_OWNER, now + 1),
      ...visited.map(({ row }) => driver.get(NEXT_ENDPOINT, String(row.owner), now + 1)),
    ]
    // nothing is due that is parked at a disabled endpoint
    const waits = rows.flatMap((row) =>
      row === undefined || Number(row.at) >= HELD_FOREVER ? [] : [Number(row.at) - now],
    )
    const over = sweep.nextIn()
    if (over !== undefined) waits.push(over)
    return waits.length === 0 ? undefined : Math.max(0, Math.floor(Math.min(...waits)))
  }
  const toResult = (deliveries: readonly ClaimedDelivery[], next: number | undefined) => ({
    deliveries,
    ...(next !== undefined && { nextIn: next }),
  })

  return {
    claimNothing() {
      if (driver.get(ANY_READY, clock.now() + 1) || sweep.isNeeded()) return undefined
      return { ...toResult([], nextIn([])), swept: [] }
    },

    claim({ limit, lease, limits = NO_LIMITS }) {
      const swept = sweep.isNeeded() ? sweep.run() : []
      queues.settle()
      const now = clock.now()
      const deliveries: ClaimedDelivery[] = []
      let bytes = 0
      const isOver = () => bytes >= MOST_BYTES
      const onClaim = (delivery: ClaimedDelivery) => {
        deliveries.push(delivery)
        bytes += delivery.payload.byteLength
      }
      const scope = { lease, limits, now, isOver, onClaim }
      const visited = takeFromAll(limit, scope)
      for (const owner of visited) owners.finish(owner, turns, scope)
      queues.settle()
      const taken = visited.reduce((sum, owner) => sum + owner.taken, 0)
      const isCut = taken >= limit || isOver()
      const isLeft = isCut && driver.get(ANY_READY, now + 1) !== undefined
      return { ...toResult(deliveries, isLeft ? 0 : nextIn(visited)), swept }
    },
  }
}
