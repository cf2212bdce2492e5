import type { DatabaseSync } from 'node:sqlite'
import type { DeliveryFilter, DeliveryRecord, DeliveryState } from '@ringback/sender'
import { prepareAttempts } from './attempts.ts'
import { type Condition, condition, joinConditions } from './conditions.ts'
import { toDelivery } from './delivery-row.ts'

/** Prepares the query; deliveries read as parked while their endpoint is held. */
export function prepareQuery(
  database: DatabaseSync,
): (filter: DeliveryFilter, now: number) => readonly DeliveryRecord[] {
  const attempts = prepareAttempts(database)

  return ({ id, owner, state, limit = 100 }, now) => {
    const ofState = state === undefined ? undefined : lookUpState(state, now)
    // by name, since SQLite does not know that most deliveries are delivered, and few are of another state
    const index = id === undefined && ofState?.index ? `INDEXED BY ${ofState.index}` : ''
    const where = joinConditions([
      condition('d.id = ?', id),
      condition('d.owner = ?', owner),
      ofState,
    ])
    return database
      .prepare(`
        SELECT d.*, e.held_until FROM ringback_delivery AS d ${index}
        LEFT JOIN ringback_endpoint AS e ON e.owner = d.owner AND e.endpoint = d.endpoint
        WHERE ${where.sql} ORDER BY d.id DESC LIMIT ?`)
      .all(...where.values, limit)
      .map((row) => {
        const isParked = row.state === 'scheduled' && Number(row.held_until ?? 0) > now
        const delivery = toDelivery(row, isParked ? 'parked' : row.state)
        return { ...delivery, attempts: attempts.list(delivery.id) }
      })
  }
}

/** The deliveries of a state: the index that has them, and a condition in the words of that index. */
function lookUpState(state: DeliveryState, now: number): Condition & { readonly index?: string } {
  switch (state) {
    case 'scheduled':
    case 'parked': {
      const isHeld = `coalesce(e.held_until, 0) ${state === 'parked' ? '>' : '<='} ?`
      return {
        index: 'ringback_delivery_live',
        sql: `d.ended_at IS NULL AND d.state = 'scheduled' AND ${isHeld}`,
        values: [now],
      }
    }
    case 'sending':
      return { index: 'ringback_delivery_sending', sql: "d.state = 'sending'", values: [] }
    case 'delivered':
      return { sql: "d.state = 'delivered'", values: [] }
    default:
      return {
        index: 'ringback_delivery_failed',
        sql: "d.ended_at IS NOT NULL AND d.state <> 'delivered' AND d.state = ?",
        values: [state],
      }
  }
}
