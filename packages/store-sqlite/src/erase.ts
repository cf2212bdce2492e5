import type { DatabaseSync } from 'node:sqlite'
import type { EraseOptions } from '@ringback/sender'
import { transaction } from './transaction.ts'

/** Prepares the erasure of final deliveries; their attempts go with them. */
export function createErase(
  database: DatabaseSync,
): (erasure: EraseOptions, now: number) => number {
  const forgetEndpoints = database.prepare(`
    DELETE FROM ringback_endpoint
    WHERE ready_at IS NULL AND coalesce(held_until, 0) <= ? AND used_up_to <= ? AND NOT EXISTS (
      SELECT 1 FROM ringback_delivery AS d
      WHERE d.owner = ringback_endpoint.owner AND d.endpoint = ringback_endpoint.endpoint
        AND d.state IN ('scheduled', 'sending'))`)
  const forgetOwners = database.prepare('DELETE FROM ringback_owner WHERE used_up_to <= ?')

  return ({ id, owner, exchangeKey, endedBefore, keep = 0, limit = -1 }, now) => {
    const conditions = ['ended_at IS NOT NULL']
    const values: (string | number)[] = []
    const ask = (condition: string, value: string | number | undefined) => {
      if (value === undefined) return
      conditions.push(condition)
      values.push(value)
    }
    ask('id = ?', id)
    ask('owner = ?', owner)
    ask('exchange_key = ?', exchangeKey)
    ask('ended_at < ?', endedBefore)
    const erase = database.prepare(`
      DELETE FROM ringback_delivery WHERE id IN (
        SELECT id FROM ringback_delivery WHERE ${conditions.join(' AND ')}
        ORDER BY ended_at DESC, id DESC LIMIT ? OFFSET ?)`)
    const erased = transaction(database, () => {
      const { changes } = erase.run(...values, limit, keep)
      if (changes !== 0) {
        forgetEndpoints.run(now, now)
        forgetOwners.run(now)
      }
      return Number(changes)
    })
    // what somebody wants forgotten is in the log of changes, too
    if (erased > 0 && (id !== undefined || owner !== undefined)) truncateLog(database)
    return erased
  }
}

/** As soon as no other process reads there. */
export function truncateLog(database: DatabaseSync): void {
  database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
}
