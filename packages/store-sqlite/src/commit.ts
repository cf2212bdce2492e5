import type { DatabaseSync } from 'node:sqlite'
import type { Attempt, ClaimedDelivery, CommitResult, DeliveryTransition } from '@ringback/sender'
import { prepareAttempts } from './attempts.ts'
import { prepareFindRow } from './find-row.ts'
import { laneOf } from './lane.ts'
import type { Queues } from './queues.ts'

/** The end of a claim: what became of its delivery, and the attempt that was made. */
export interface Commit {
  readonly transition: DeliveryTransition
  readonly attempt: Attempt | undefined
  readonly now: number
}

/** Prepares ending a claim, in a transaction. */
export function prepareCommit(
  database: DatabaseSync,
  queues: Queues,
): (claimed: ClaimedDelivery, commit: Commit) => CommitResult {
  const update = database.prepare(`
    UPDATE ringback_delivery
    SET state = ?, reason = ?, detail = ?, due_at = ?, attempts = ?, refusals = ?, ended_at = ?,
      lease_ends_at = NULL, lost_leases = 0
    WHERE id = ? AND lease = ? AND (state = 'sending' OR (state = 'cancelled' AND ? = 'delivered'))`)
  const findRow = prepareFindRow(database)
  const attempts = prepareAttempts(database)

  return (claimed, { transition, attempt, now }) => {
    const { id, lease } = claimed
    const lane = laneOf(claimed)
    const { state, reason = null, detail = null, dueAt = null, refusals } = transition
    const { changes } = update.run(
      state,
      reason,
      detail,
      dueAt,
      transition.attemptCount,
      refusals,
      state === 'scheduled' ? null : now,
      id,
      lease,
      state,
    )
    const isChanged = changes !== 0
    const row = isChanged ? undefined : findRow(id)
    const isCancelled = row?.state === 'cancelled' && row.lease === lease
    const isLost = !isChanged && !isCancelled
    if (attempt && !isLost) attempts.record(id, attempt)
    else if (attempt && row) attempts.record(id, { ...attempt, isOrphan: true })
    if (isLost) return 'lost'
    if (transition.endpoint) queues.change(lane, transition.endpoint)
    if (isCancelled) return 'cancelled'
    if (state === 'scheduled') queues.refresh(lane)
    else if (lane.orderKey !== null) queues.release(lane)
    return 'done'
  }
}
