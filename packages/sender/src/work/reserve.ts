import type { RequestLimits } from '../store/request-limits.ts'
import type { InFlight } from './in-flight.ts'

/** How many deliveries a claim may take. */
export interface ClaimRoom {
  readonly limit: number
  readonly limits: RequestLimits
  /** The claim is for the last slots, which are not for everybody. */
  readonly isReserve: boolean
}

// of the requests at once, the last ones
const SHARE = 8

/** Gives how many slots are not for an owner that has half of them: an eighth. */
function reserveOf(concurrency: number): number {
  return Math.floor(concurrency / SHARE)
}

/** Gives how many slots one owner may have when the others are nearly used up. */
function halfOf(concurrency: number): number {
  return Math.ceil(concurrency / 2)
}

/** Tells whether a request for an owner may begin: the last slots are for owners that have less than half of all. */
export function hasRoomFor(
  owner: string,
  inFlight: Pick<InFlight, 'requests' | 'requestsOf'>,
  concurrency: number,
): boolean {
  const free = concurrency - inFlight.requests
  if (free > reserveOf(concurrency)) return true
  return free > 0 && inFlight.requestsOf(owner) < halfOf(concurrency)
}

/** How much has been claimed already, and may be. */
export interface Held {
  /** Requests that are being made. */
  readonly requests: number
  /** Deliveries that wait for room. */
  readonly waiting: number
  /** How many may wait. */
  readonly ahead: number
}

/**
 * Gives the room for a claim. The last eighth of the slots is for owners that have less than half of all slots, so that
 * one owner's receivers, however slow, never have all of them.
 */
export function roomForClaim(
  { requests, waiting, ahead }: Held,
  concurrency: number,
  limits: RequestLimits,
): ClaimRoom {
  const limit = concurrency - reserveOf(concurrency) + ahead - requests - waiting
  if (limit > 0) return { limit, limits, isReserve: false }
  const half = halfOf(concurrency)
  const owner = { ...limits.owner, concurrency: Math.min(limits.owner?.concurrency ?? half, half) }
  return { limit: concurrency - requests, limits: { ...limits, owner }, isReserve: true }
}
