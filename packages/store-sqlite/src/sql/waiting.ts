import {
  type HeldEndpoint,
  MOST_HELD,
  type StatsFilter,
  type StoredStats,
} from '@ringback/sender/store'
import { condition, joinConditions } from './conditions.ts'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

type Waiting = Pick<StoredStats, 'waiting' | 'oldestDue' | 'held'>

const COUNT_WAITING = `
  SELECT (
    SELECT count(*) FROM ringback_live INDEXED BY ringback_live_queue
    WHERE owner = e.owner AND endpoint = e.endpoint AND state = 'scheduled' AND waiting = 0
  ) + (
    SELECT count(*) FROM ringback_live INDEXED BY ringback_live_order
    WHERE owner = e.owner AND endpoint = e.endpoint AND order_key IS NOT NULL
      AND state = 'scheduled' AND waiting = 1
  ) AS n`
const FIRST_DUE = `
  SELECT (
    SELECT due_at FROM ringback_live INDEXED BY ringback_live_queue
    WHERE owner = e.owner AND endpoint = e.endpoint AND state = 'scheduled' AND waiting = 0
    ORDER BY due_at LIMIT 1
  ) AS due`
const HELD = 'SELECT e.owner, e.endpoint, e.held_until, count(*) AS n'
const OF_CALLBACK = `
  SELECT count(*) AS n, sum(d.state = 'sending') AS sending,
    sum(d.state = 'scheduled' AND coalesce(e.held_until, 0) > ?) AS parked,
    min(iif(d.state = 'scheduled' AND d.waiting = 0 AND coalesce(e.held_until, 0) <= ?, d.due_at,
      NULL)) AS due`
const FROM_LIVE = `
  FROM ringback_live AS d
  JOIN ringback_message AS m ON m.seq = d.message
  LEFT JOIN ringback_endpoint AS e ON e.owner = d.owner AND e.endpoint = d.endpoint`
const MOST_FIRST = `ORDER BY n DESC, 1, 2 LIMIT ${MOST_HELD}`

/** Counts the deliveries that wait now. By callback every one of them is read; otherwise only indexes are. */
export function readWaiting(driver: SqlDriver, filter: StatsFilter, now: number): Waiting {
  const { owner, callback, endpoint } = filter
  if (callback === undefined) return countIndexed(driver, filter, now)
  const where = joinConditions([
    condition('d.owner = ?', owner),
    condition('m.callback = ?', callback),
    condition('d.endpoint = ?', endpoint),
  ])
  const row = driver.get(
    `${OF_CALLBACK} ${FROM_LIVE} WHERE ${where.sql}`,
    now,
    now,
    ...where.values,
  )
  if (!filter.held) return toWaiting(row ?? {}, now)
  const held = driver.all(
    `${HELD} ${FROM_LIVE}
    WHERE e.held_until > ? AND d.state = 'scheduled' AND ${where.sql}
    GROUP BY e.owner, e.endpoint ${MOST_FIRST}`,
    now,
    ...where.values,
  )
  return { ...toWaiting(row ?? {}, now), held: held.map(toHeld) }
}

function countIndexed(
  driver: SqlDriver,
  { owner, endpoint, held: isListed }: StatsFilter,
  now: number,
): Waiting {
  const where = joinConditions([condition('owner = ?', owner), condition('endpoint = ?', endpoint)])
  const read = (sql: string, ...values: readonly number[]) =>
    driver.get(`${sql} AND ${where.sql}`, ...values, ...where.values)
  const live = read('SELECT count(*) AS n FROM ringback_live WHERE TRUE')
  const sending = read(`
    SELECT count(*) AS n FROM ringback_live INDEXED BY ringback_live_sending
    WHERE state = 'sending'`)
  // the sum of all, beside those that are listed
  const held = driver.all(
    `SELECT owner, endpoint, held_until, n, sum(n) OVER () AS total FROM (${COUNT_WAITING}, owner, endpoint, held_until
      FROM ringback_endpoint AS e WHERE held_until > ? AND ${where.sql})
    WHERE n > 0 ${isListed ? MOST_FIRST : 'LIMIT 1'}`,
    now,
    ...where.values,
  )
  const due = driver.get(
    `SELECT min(due) AS due FROM (${FIRST_DUE} FROM ringback_endpoint AS e
      WHERE ready_at IS NOT NULL AND coalesce(held_until, 0) <= ? AND ${where.sql})`,
    now,
    ...where.values,
  )
  const counts = { n: live?.n ?? 0, sending: sending?.n ?? 0, parked: held[0]?.total ?? 0 }
  return {
    ...toWaiting({ ...counts, due: due?.due ?? null }, now),
    ...(isListed && { held: held.map(toHeld) }),
  }
}

function toWaiting({ n, sending, parked, due }: SqlRow, now: number): Waiting {
  const [all, inFlight, held] = [n, sending, parked].map((count) => Number(count ?? 0))
  const waiting = { scheduled: (all ?? 0) - (inFlight ?? 0) - (held ?? 0) }
  const isDue = typeof due === 'number' && due <= now
  return {
    waiting: { ...waiting, parked: held ?? 0, sending: inFlight ?? 0 },
    ...(isDue && { oldestDue: now - due }),
  }
}

function toHeld({ owner, endpoint, held_until, n }: SqlRow): HeldEndpoint {
  return {
    owner: String(owner),
    endpoint: String(endpoint),
    heldUntil: Number(held_until),
    parked: Number(n),
  }
}
