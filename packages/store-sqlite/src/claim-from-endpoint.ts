import type { DatabaseSync } from 'node:sqlite'
import type { ClaimedDelivery, ClaimOptions, RequestLimit, RequestLimits } from '@ringback/sender'
import { toClaimed } from './delivery-row.ts'
import type { Queues } from './queues.ts'
import { roomOf } from './room.ts'
import type { Row } from './row.ts'

const NO_LIMITS: RequestLimits = { endpoint: {} }

/** Prepares claiming from one ready endpoint as much as the limits allow, in a transaction. */
export function prepareClaimFromEndpoint(
  database: DatabaseSync,
  queues: Queues,
): (endpoint: Row, options: ClaimOptions, now: number) => readonly ClaimedDelivery[] {
  const countToEndpoint = database.prepare(
    "SELECT count(*) AS n FROM ringback_delivery WHERE owner = ? AND endpoint = ? AND state = 'sending'",
  )
  const countForOwner = database.prepare(
    "SELECT count(*) AS n FROM ringback_delivery WHERE owner = ? AND state = 'sending'",
  )
  const selectOwner = database.prepare('SELECT used_up_to FROM ringback_owner WHERE owner = ?')
  const updateOwner = database.prepare('INSERT OR REPLACE INTO ringback_owner VALUES (?, ?)')
  const updateEndpoint = database.prepare(`
    UPDATE ringback_endpoint SET used_up_to = ?, held_until = ? WHERE owner = ? AND endpoint = ?`)
  const postpone = database.prepare(
    'UPDATE ringback_endpoint SET ready_at = max(ready_at, ?) WHERE owner = ? AND endpoint = ?',
  )
  // two walks over the start of a queue cost less than one that returns what it changes
  const selectDue = database.prepare(`
    SELECT * FROM ringback_delivery INDEXED BY ringback_delivery_queue
    WHERE owner = ? AND endpoint = ? AND state = 'scheduled' AND waiting = 0 AND due_at <= ?
    ORDER BY due_at, id LIMIT ?`)
  const lease = database.prepare(`
    UPDATE ringback_delivery INDEXED BY ringback_delivery_queue
    SET state = 'sending', reason = NULL, detail = NULL, lease = lease + 1, lease_ends_at = ?
    WHERE owner = ? AND endpoint = ? AND state = 'scheduled' AND waiting = 0
      AND (due_at, id) <= (?, ?)`)

  return (row, options, now) => {
    const { limits = NO_LIMITS } = options
    const owner = String(row.owner)
    const endpoint = String(row.endpoint)
    const heldUntil = row.held_until === null ? null : Number(row.held_until)
    // ready although it was held: the hold has ended, and one delivery finds out whether it answers
    const isProbe = heldUntil !== null
    const isPaced = row.paced_until !== null && Number(row.paced_until) > now
    const ofEndpoint = {
      countSending: () => Number(countToEndpoint.get(owner, endpoint)?.n),
      usedUpTo: () => Number(row.used_up_to),
    }
    const ofOwner = {
      countSending: () => Number(countForOwner.get(owner)?.n),
      usedUpTo: () => Number(selectOwner.get(owner)?.used_up_to ?? 0),
    }
    const endpointLimit = isPaced ? slowDown(limits.endpoint, limits.pace) : limits.endpoint
    const endpointRoom = roomOf(endpointLimit, ofEndpoint, now)
    const ownerRoom = roomOf(limits.owner ?? {}, ofOwner, now)

    const most = isProbe ? Math.min(options.limit, 1) : options.limit
    const count = Math.min(most, endpointRoom.count, ownerRoom.count)
    const due = count > 0 ? selectDue.all(owner, endpoint, now, count) : []
    const last = due.at(-1)
    const leaseEnd = now + options.lease
    if (last) lease.run(leaseEnd, owner, endpoint, Number(last.due_at), String(last.id))
    if (isProbe || endpointRoom.isRated) {
      // the others wait for the outcome of the probe
      const nextHold = isProbe && last ? leaseEnd : heldUntil
      updateEndpoint.run(endpointRoom.after(due.length), nextHold, owner, endpoint)
    }
    if (ownerRoom.isRated) updateOwner.run(owner, ownerRoom.after(due.length))
    queues.refresh({ owner, endpoint })
    const nextAt = Math.max(endpointRoom.nextAt, ownerRoom.nextAt)
    if (nextAt > now) postpone.run(nextAt, owner, endpoint)

    return due.flatMap((one) => {
      try {
        return [toClaimed(one, isProbe)]
      } catch {
        return [] // a damaged row is not sent, so its leases end until it is dead(internal)
      }
    })
  }
}

function slowDown(limit: RequestLimit, pace = Number.POSITIVE_INFINITY): RequestLimit {
  return { ...limit, rate: Math.min(pace, limit.rate ?? pace) }
}
