import type { DatabaseSync } from 'node:sqlite'
import type { DeliveryFilter, DeliveryRecord } from '@ringback/sender'
import { toAttempt, toDelivery } from './row.ts'

/** Prepares the query, whose deliveries are parked while their endpoint is held. */
export function createQuery(
  database: DatabaseSync,
): (filter: DeliveryFilter, now: number) => readonly DeliveryRecord[] {
  const attemptsOf = database.prepare(
    'SELECT * FROM ringback_attempt WHERE delivery_id = ? ORDER BY rowid',
  )
  return ({ limit = 100, ...filter }, now) => {
    const { where, values } = whereOf(filter, now)
    const sql = `
      SELECT d.*, e.held_until FROM ringback_delivery AS d ${indexOf(filter)}
      LEFT JOIN ringback_endpoint AS e ON e.owner = d.owner AND e.endpoint = d.endpoint
      ${where} ORDER BY d.id DESC LIMIT ?`
    return database
      .prepare(sql)
      .all(...values, limit)
      .map((row) => {
        const isParked = row.state === 'scheduled' && Number(row.held_until ?? 0) > now
        const delivery = toDelivery(row, isParked ? 'parked' : row.state)
        return { ...delivery, attempts: attemptsOf.all(String(row.id)).map(toAttempt) }
      })
  }
}

/** By name, since SQLite cannot know how few of a state there are; most have been delivered. */
function indexOf({ id, state }: DeliveryFilter): string {
  if (id !== undefined || state === undefined || state === 'delivered') return ''
  if (state === 'sending') return 'INDEXED BY ringback_delivery_sending'
  const isLive = state === 'scheduled' || state === 'parked'
  return `INDEXED BY ${isLive ? 'ringback_delivery_live' : 'ringback_delivery_failed'}`
}

/** Only what is asked for, in the words of the indexes. */
function whereOf({ id, owner, state }: Omit<DeliveryFilter, 'limit'>, now: number) {
  const asked: [condition: string, ...values: (string | number)[]][] = []
  if (id !== undefined) asked.push(['d.id = ?', id])
  if (owner !== undefined) asked.push(['d.owner = ?', owner])
  if (state === 'scheduled' || state === 'parked') {
    const isHeld = `coalesce(e.held_until, 0) ${state === 'parked' ? '>' : '<='} ?`
    asked.push([`d.ended_at IS NULL AND d.state = 'scheduled' AND ${isHeld}`, now])
  } else if (state === 'sending') {
    asked.push(["d.state = 'sending'"])
  } else if (state === 'delivered') {
    asked.push(["d.state = 'delivered'"])
  } else if (state !== undefined) {
    asked.push(["d.ended_at IS NOT NULL AND d.state <> 'delivered' AND d.state = ?", state])
  }
  const where = asked.map(([condition]) => condition).join(' AND ')
  return { where: where && `WHERE ${where}`, values: asked.flatMap(([, ...values]) => values) }
}
