import { roomOf, type Turns, takeInTurns } from '@ringback/sender/store'
import type { ClaimScope, EndpointClaims, VisitedEndpoint } from './claim-from-endpoint.ts'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

/** An owner that a claim has come to, and its endpoints that are ready. */
export interface VisitedOwner {
  readonly row: SqlRow
  taken: number
  usedUpTo: number
  nextAt: number
  /** Endpoints that may have more to take. */
  waiting: VisitedEndpoint[]
  readonly visited: VisitedEndpoint[]
  /** The place of the last endpoint that was read; `undefined` when all are read. */
  last: { readonly readyAt: number; readonly endpoint: string } | undefined
}

/** Takes from the endpoints of owners, in a transaction. */
export interface OwnerClaims {
  visit(row: SqlRow): VisitedOwner
  /** Claims as much as the owner's limits allow, from its endpoints in turns; gives how many. */
  take(owner: VisitedOwner, most: number, scope: ClaimScope): number
  /** Writes what was taken; the owner goes behind the others. */
  finish(owner: VisitedOwner, turns: Turns, scope: ClaimScope): void
}

// so many of one endpoint in one turn, since a turn of one costs as much
const QUANTUM = 4
const BEFORE_ALL = -1
const COUNT_SENDING = `
  SELECT count(*) AS n FROM ringback_live INDEXED BY ringback_live_sending
  WHERE owner = ? AND state = 'sending'`
const SELECT_READY = `
  SELECT owner, endpoint, ready_at, held_until, paced_until, health, used_up_to, concurrency, rate, (
    SELECT count(*) FROM ringback_live AS d INDEXED BY ringback_live_sending
    WHERE d.owner = e.owner AND d.endpoint = e.endpoint AND d.state = 'sending') AS sending
  FROM ringback_endpoint AS e INDEXED BY ringback_endpoint_ready
  WHERE owner = ? AND ready_at IS NOT NULL AND ready_at < ? AND (ready_at, endpoint) > (?, ?)
  ORDER BY ready_at, endpoint LIMIT ? + 0`
// in one statement, as for endpoints
const UPDATE_OWNER = `
  UPDATE ringback_owner SET turn_at = ?, used_up_to = ?, ready_at = (
    SELECT max(ready_at, ?) FROM ringback_endpoint INDEXED BY ringback_endpoint_ready
    WHERE owner = ? AND ready_at IS NOT NULL ORDER BY ready_at LIMIT 1)
  WHERE owner = ?`

/** Prepares claiming from owners that have something due. */
export function prepareOwnerClaims(driver: SqlDriver, endpoints: EndpointClaims): OwnerClaims {
  /** Reads more of an owner's ready endpoints, in the order of their turns. */
  const readMore = (owner: VisitedOwner, count: number, now: number) => {
    if (owner.last === undefined) return
    const { readyAt, endpoint } = owner.last
    const name = String(owner.row.owner)
    const page = driver.all(SELECT_READY, name, now + 1, readyAt, endpoint, count)
    const end = page.at(-1)
    owner.last =
      end && page.length === count
        ? { readyAt: Number(end.ready_at), endpoint: String(end.endpoint) }
        : undefined
    const added = page.map(endpoints.visit)
    owner.waiting.push(...added)
    owner.visited.push(...added)
  }
  const countSending = (owner: string) => Number(driver.get(COUNT_SENDING, owner)?.n)

  return {
    visit: (row) => ({
      row,
      taken: 0,
      usedUpTo: Number(row.used_up_to),
      nextAt: 0,
      waiting: [],
      visited: [],
      last: { readyAt: BEFORE_ALL, endpoint: '' },
    }),

    take(owner, share, scope) {
      const { limits, now } = scope
      const limit = limits.owner ?? {}
      const isCounted = limit.concurrency !== undefined
      const sending = isCounted ? countSending(String(owner.row.owner)) : 0
      const room = roomOf(limit, { sending, usedUpTo: owner.usedUpTo }, now)
      const most = Math.min(share, room.count)
      let taken = 0
      while (taken < most && !scope.isOver()) {
        const left = most - taken
        if (owner.waiting.length === 0) readMore(owner, left, now)
        if (owner.waiting.length === 0) break
        taken += takeInTurns(owner.waiting, { limit: left, quantum: QUANTUM }, (one, size) =>
          endpoints.take(one, size, scope),
        )
        owner.waiting = owner.waiting.filter(({ isExhausted }) => !isExhausted)
      }
      owner.taken += taken
      owner.usedUpTo = room.after(taken)
      owner.nextAt = room.nextAt
      return taken
    },

    finish({ row, usedUpTo, nextAt, visited, waiting }, turns, scope) {
      const owner = String(row.owner)
      const untouched = new Set(waiting.filter(({ taken }) => taken === 0))
      for (const one of visited) {
        // whoever had no turn keeps its place
        if (untouched.has(one)) continue
        endpoints.finish(one, turns.next(scope.now), scope)
      }
      const place = nextAt || turns.next(scope.now)
      driver.run(UPDATE_OWNER, place, usedUpTo, place, owner, owner)
    },
  }
}
