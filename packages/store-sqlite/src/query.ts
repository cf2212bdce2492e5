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
      SELECT d.*, e.held_until FROM ringback_delivery AS d
      LEFT JOIN ringback_endpoint AS e ON e.owner = d.owner AND e.endpoint = d.endpoint
      ${where} ORDER BY d.id DESC LIMIT ?`
    return database
      .prepare(sql)
      .all(...values, limit)
      .map((row) => {
        const isParked = row.state === 'scheduled' && Number(row.held_until ?? 0) > now
        const delivery = toDelivery(isParked ? { ...row, state: 'parked' } : row)
        return { ...delivery, log: attemptsOf.all(String(row.id)).map(toAttempt) }
      })
  }
}

/** Only what is asked for, so that an index serves it. */
function whereOf({ id, owner, state }: Omit<DeliveryFilter, 'limit'>, now: number) {
  const asked: [condition: string, ...values: (string | number)[]][] = []
  if (id !== undefined) asked.push(['d.id = ?', id])
  if (owner !== undefined) asked.push(['d.owner = ?', owner])
  if (state === 'parked') asked.push(["d.state = 'scheduled' AND e.held_until > ?", now])
  else if (state === 'scheduled') {
    asked.push(["d.state = 'scheduled' AND coalesce(e.held_until, 0) <= ?", now])
  } else if (state !== undefined) asked.push(['d.state = ?', state])
  const where = asked.map(([condition]) => condition).join(' AND ')
  return { where: where && `WHERE ${where}`, values: asked.flatMap(([, ...values]) => values) }
}
