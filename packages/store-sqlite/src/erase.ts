import type { DatabaseSync } from 'node:sqlite'
import type { EraseOptions } from '@ringback/sender'
import { condition, joinConditions } from './conditions.ts'
import { runInTransaction } from './run-in-transaction.ts'
import { truncateLog } from './truncate-log.ts'

/** Prepares erasing final deliveries with their attempts; gives how many. */
export function prepareErase(
  database: DatabaseSync,
): (erasure: EraseOptions, now: number) => number {
  const deleteIdleEndpoints = database.prepare(`
    DELETE FROM ringback_endpoint
    WHERE ready_at IS NULL AND coalesce(held_until, 0) <= ? AND used_up_to <= ? AND NOT EXISTS (
      SELECT 1 FROM ringback_delivery AS d
      WHERE d.owner = ringback_endpoint.owner AND d.endpoint = ringback_endpoint.endpoint
        AND d.state IN ('scheduled', 'sending'))`)
  const deleteIdleOwners = database.prepare('DELETE FROM ringback_owner WHERE used_up_to <= ?')

  return ({ id, owner, exchangeKey, endedBefore, keep = 0, limit = -1 }, now) => {
    const where = joinConditions([
      { sql: 'ended_at IS NOT NULL', values: [] },
      condition('id = ?', id),
      condition('owner = ?', owner),
      condition('exchange_key = ?', exchangeKey),
      condition('ended_at < ?', endedBefore),
    ])
    const deleteDeliveries = database.prepare(`
      DELETE FROM ringback_delivery WHERE id IN (
        SELECT id FROM ringback_delivery WHERE ${where.sql}
        ORDER BY ended_at DESC, id DESC LIMIT ? OFFSET ?)`)
    const erased = runInTransaction(database, () => {
      const { changes } = deleteDeliveries.run(...where.values, limit, keep)
      if (changes !== 0) {
        deleteIdleEndpoints.run(now, now)
        deleteIdleOwners.run(now)
      }
      return Number(changes)
    })
    // only where erasing was asked for, since retention does it all the time
    if (erased > 0 && (id !== undefined || owner !== undefined)) truncateLog(database)
    return erased
  }
}
