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
export function reserveOf(concurrency: number): number {
  return Math.floor(concurrency / SHARE)
}

/** Gives how many slots one owner may have when the others are nearly used up. */
export function halfOf(concurrency: number): number {
  return Math.ceil(concurrency / 2)
}

/**
 * Gives the room for a claim. The last eighth of the slots is for owners that have less than half of all slots, so that
 * one owner's receivers, however slow, never have all of them.
 */
export function roomForClaim(
  inFlight: Pick<InFlight, 'requests'>,
  concurrency: number,
  limits: RequestLimits,
): ClaimRoom {
  const free = concurrency - inFlight.requests
  const reserve = reserveOf(concurrency)
  if (free > reserve) return { limit: free - reserve, limits, isReserve: false }
  const half = halfOf(concurrency)
  const owner = { ...limits.owner, concurrency: Math.min(limits.owner?.concurrency ?? half, half) }
  return { limit: free, limits: { ...limits, owner }, isReserve: true }
}
