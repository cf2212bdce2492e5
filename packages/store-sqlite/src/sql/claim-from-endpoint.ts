import type { ClaimedDelivery, RequestLimit, RequestLimits } from '@ringback/sender'
import {
  ENDPOINT_PREFIX,
  type EndpointHealth,
  isHeld,
  roomOf,
  withPace,
} from '@ringback/sender/store'
import { NEXT_LEASE } from './damage.ts'
import { damaged, MESSAGE_COLUMNS, toStored } from './delivery-row.ts'
import type { EndpointRows } from './endpoint-rows.ts'
import type { EndpointTargets } from './endpoint-targets.ts'
import type { SqlDriver, SqlRow, SqlValue } from './sql-driver.ts'

/** What a claim takes, and from when. */
export interface ClaimScope {
  readonly lease: number
  readonly limits: RequestLimits
  readonly now: number
  /** Whether enough is claimed; the rest is left for the next claim. */
  isOver(): boolean
  readonly onClaim: (delivery: ClaimedDelivery) => void
}

/** An endpoint that a claim has come to. */
export interface VisitedEndpoint {
  /** With `sending`, how many of its deliveries were being sent before the claim. */
  readonly row: SqlRow
  taken: number
  usedUpTo: number
  /** When it may be sent to again, where its rate allows nothing now; otherwise 0. */
  nextAt: number
  /** Nothing more can be taken from it now. */
  isExhausted: boolean
}

/** Takes from endpoints, in a transaction. */
export interface EndpointClaims {
  visit(row: SqlRow): VisitedEndpoint
  /** Claims as much as the endpoint's limits allow; gives how many. */
  take(visited: VisitedEndpoint, most: number, scope: ClaimScope): number
  /** Writes what was taken; the endpoint goes behind the others. */
  finish(visited: VisitedEndpoint, turn: number, scope: ClaimScope): void
}

// so many deliveries are read at once, and fewer where their payloads are large
const CHUNK = 16
const CHUNK_BYTES = 2 * 1024 * 1024
// two walks over the start of a queue cost less than one that returns what it changes
const SELECT_DUE = `
  SELECT d.id, d.owner, d.endpoint, d.attempts, d.refusals, d.due_at, d.expires_at, d.order_key,
    d.redrive_of, d.lease, ${MESSAGE_COLUMNS}, m.settings, m.payload
  FROM ringback_live AS d INDEXED BY ringback_live_queue
  LEFT JOIN ringback_message AS m ON m.seq = d.message
  WHERE d.owner = ? AND d.endpoint = ? AND d.state = 'scheduled' AND d.waiting = 0
    AND d.due_at <= ?
  ORDER BY d.due_at, d.id LIMIT ? + 0`
// one by one, since SQLite would first collect the rows of an index that it then changes
const LEASE = `
  UPDATE ringback_live
  SET state = 'sending', detail = NULL, lease = ${NEXT_LEASE}, lease_ends_at = ?
  WHERE id = ?`
// in one statement, since each claim comes to many endpoints
const UPDATE_ENDPOINT = `
  UPDATE ringback_endpoint SET turn_at = ?, used_up_to = ?, held_until = ?, ready_at = (
    SELECT max(due_at, ?, ?) FROM ringback_live INDEXED BY ringback_live_queue
    WHERE owner = ? AND endpoint = ? AND state = 'scheduled' AND waiting = 0
    ORDER BY due_at LIMIT 1)
  WHERE owner = ? AND endpoint = ?`

/** Prepares claiming from endpoints that are ready. */
export function prepareEndpointClaims(
  driver: SqlDriver,
  endpoints: EndpointRows,
  registered: EndpointTargets,
): EndpointClaims {
  let chunk = CHUNK
  const takeChunk = (row: SqlRow, most: number, { now, lease }: ClaimScope) => {
    const owner = String(row.owner)
    const endpoint = String(row.endpoint)
    const due = driver.all(SELECT_DUE, owner, endpoint, now, most)
    for (const { id } of due) driver.run(LEASE, now + lease, String(id))
    return due
  }

  return {
    visit: (row) => ({
      row,
      taken: 0,
      usedUpTo: Number(row.used_up_to),
      nextAt: 0,
      isExhausted: false,
    }),

    take(visited, share, scope) {
      const { limits, now, onClaim } = scope
      const { row, usedUpTo } = visited
      const health = endpoints.read(row)
      const isProbe = isProbed(health, now)
      const pace = (health.pacedUntil ?? 0) > now ? limits.pace : undefined
      const limit = withPace(limitOf(row, limits.endpoint), pace)
      const sending = Number(row.sending) + visited.taken
      const room = roomOf(limit, { sending, usedUpTo }, now)
      const most = Math.min(share, room.count, isProbe ? 1 - visited.taken : share)
      const target = isRegistered(row.endpoint)
        ? registered.targetOf(String(row.endpoint))
        : undefined
      let taken = 0
      while (taken < most && !scope.isOver()) {
        const wanted = Math.min(chunk, most - taken)
        const due = takeChunk(row, wanted, scope)
        taken += due.length
        let bytes = 1
        for (const one of due) {
          const claimed = readClaimed(one, { isProbe, target })
          if (claimed) onClaim(claimed)
          bytes += claimed?.payload.byteLength ?? 0
        }
        chunk = Math.max(1, Math.min(CHUNK, Math.floor((CHUNK_BYTES * due.length) / bytes)))
        if (due.length < wanted) break
      }
      visited.taken += taken
      visited.usedUpTo = room.after(taken)
      visited.nextAt = room.nextAt
      visited.isExhausted = taken < share
      return taken
    },

    finish({ row, taken, usedUpTo, nextAt }, turn, { now, lease }) {
      const held = endpoints.read(row).heldUntil ?? null
      // the others wait for the outcome of the probe
      const nextHold = isProbed(endpoints.read(row), now) && taken > 0 ? now + lease : held
      const key = [String(row.owner), String(row.endpoint)]
      const place = nextAt || turn
      const times = [place, usedUpTo, nextHold, place, Number(nextHold ?? 0)]
      driver.run(UPDATE_ENDPOINT, ...times, ...key, ...key)
    },
  }
}

/** How a delivery was claimed. */
interface Claimed {
  readonly isProbe: boolean
  readonly target: ReturnType<EndpointTargets['targetOf']>
}

/** The own limits of an endpoint come first. */
function limitOf({ concurrency, rate }: SqlRow, others: RequestLimit): RequestLimit {
  if (concurrency === null && rate === null) return others
  return {
    ...others,
    ...(typeof concurrency === 'number' && { concurrency }),
    ...(typeof rate === 'number' && rate > 0 && { rate }),
  }
}

function isRegistered(endpoint: SqlValue | undefined): boolean {
  return typeof endpoint === 'string' && endpoint.startsWith(ENDPOINT_PREFIX)
}

/** Whether its hold has ended, and one delivery finds out whether the endpoint responds. */
function isProbed(health: EndpointHealth, now: number): boolean {
  return health.heldUntil !== undefined && !isHeld(health, now)
}

/**
 * Reads the delivery of a row as it was before it was claimed. One that is damaged is not sent, so its leases end until
 * it is dead(internal).
 */
function readClaimed(row: SqlRow, { isProbe, target }: Claimed): ClaimedDelivery | undefined {
  try {
    const stored = toStored(row, 'sending')
    const isReadable = isRegistered(row.endpoint)
      ? target !== 'damaged'
      : URL.canParse(stored.url ?? '')
    if (!isReadable || target === 'damaged') throw damaged(row, 'URL')
    const lease = Number(row.lease) + 1
    if (!Number.isSafeInteger(lease)) throw damaged(row, 'lease')
    return target ? { ...stored, lease, isProbe, target } : { ...stored, lease, isProbe }
  } catch {
    return undefined
  }
}
