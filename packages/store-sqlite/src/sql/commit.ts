import type { ClaimedDelivery, CommitResult, DeliveryTransition } from '@ringback/sender'
import { type Attempt, toDelivery as showDelivery } from '@ringback/sender/store'
import { recordAttempt } from './attempts.ts'
import { toDelivery } from './delivery-row.ts'
import type { EndpointRows } from './endpoint-rows.ts'
import { findRow } from './find-row.ts'
import type { Queues } from './queues.ts'
import type { RegisteredEndpoints } from './registered-endpoints.ts'
import type { SqlDriver } from './sql-driver.ts'

/** The end of a claim: what became of its delivery, and the attempt that was made. */
export interface Commit {
  readonly transition: DeliveryTransition
  readonly attempt: Attempt | undefined
  readonly now: number
}

/** The tables that the end of a claim changes as well. */
export interface CommitTables {
  readonly endpoints: EndpointRows
  readonly registered: Pick<RegisteredEndpoints, 'countFailure'>
}

const MOVE = `
  INSERT OR REPLACE INTO ringback_done
    (id, message, owner, endpoint, expires_at, order_key, redrive_of, state, reason, detail,
      attempts, refusals, lease, ended_at, bytes)
  SELECT id, message, owner, endpoint, expires_at, order_key, redrive_of, ?, ?, ?, ?, ?, lease, ?, ?
  FROM ringback_live WHERE id = ? AND lease = ? AND state = 'sending'`
const DELETE = 'DELETE FROM ringback_live WHERE id = ?'
const RESCHEDULE = `
  UPDATE ringback_live
  SET state = 'scheduled', detail = ?, due_at = ?, attempts = ?, refusals = ?,
    lease_ends_at = NULL, lost_leases = 0
  WHERE id = ? AND lease = ? AND state = 'sending'`
const DELIVER_CANCELLED = `
  UPDATE ringback_done SET state = 'delivered', detail = ?, attempts = ?
  WHERE id = ? AND lease = ? AND state = 'cancelled'`

/** Prepares ending a claim, in a transaction. */
export function prepareCommit(
  driver: SqlDriver,
  queues: Queues,
  { endpoints, registered }: CommitTables,
): (claimed: ClaimedDelivery, commit: Commit) => CommitResult {
  /** Writes the transition of a delivery that is still under this lease. */
  const write = (claimed: ClaimedDelivery, { transition, now }: Commit): boolean => {
    const { id, lease, owner, endpoint = '', orderKey = null, payload } = claimed
    const { state, reason = null, detail = null, delay = 0, attemptCount, refusals } = transition
    if (state === 'scheduled') {
      const values = [detail, now + delay, attemptCount, refusals, id, lease]
      if (driver.count(RESCHEDULE, ...values) === 0) return false
      queues.touch({ owner, endpoint })
      return true
    }
    const bytes = payload.byteLength
    const values = [state, reason, detail, attemptCount, refusals, now, bytes, id, lease]
    if (driver.count(MOVE, ...values) === 0) return false
    driver.run(DELETE, id)
    queues.keep(owner, 1, bytes)
    if (orderKey !== null) queues.release({ owner, endpoint, orderKey })
    return true
  }
  /** Delivers a delivery that was cancelled meanwhile, and was sent all the same. */
  const deliverCancelled = ({ id, lease }: ClaimedDelivery, { transition }: Commit) => {
    const { state, detail = null, attemptCount } = transition
    if (state !== 'delivered') return false
    return driver.count(DELIVER_CANCELLED, detail, attemptCount, id, lease) > 0
  }

  return (claimed, commit) => {
    const { id, lease, owner, endpoint, isProbe } = claimed
    const { transition, attempt, now } = commit
    const { receiver, delay = 0, ...change } = transition
    const isDone = write(claimed, commit) || deliverCancelled(claimed, commit)
    const row = isDone ? undefined : findRow(driver, id)
    const isOurs = isDone || (row?.state === 'cancelled' && row.lease === lease)
    if (attempt && (isDone || row)) {
      recordAttempt(driver, id, isOurs ? attempt : { ...attempt, isOrphan: true })
    }
    if (!isOurs) return { kind: 'lost' }
    const isDelivered = change.state === 'delivered'
    if (attempt) queues.counts.countAttempt(claimed, attempt, { isDelivered, now })
    const key = { owner, endpoint: endpoint ?? '' }
    const heldUntil = receiver && endpoints.judge(key, receiver, { isProbe, now })
    const disabled = claimed.target && registered.countFailure(key, transition, now)
    const held = {
      ...(heldUntil !== undefined && !disabled && { heldUntil }),
      ...(disabled && { disabled }),
    }
    if (row) return { kind: 'cancelled', delivery: toDelivery(row), ...held }
    const isAgain = change.state === 'scheduled'
    const delivery = showDelivery(claimed, isAgain ? { ...change, dueAt: now + delay } : change)
    if (!isAgain) queues.counts.countEnd(delivery, now)
    return { kind: 'done', delivery, ...held }
  }
}
