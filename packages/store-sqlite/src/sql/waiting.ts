import type { StatsFilter, StoredStats } from '@ringback/sender/store'
import { condition, joinConditions } from './conditions.ts'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

type Waiting = Pick<StoredStats, 'waiting' | 'oldestDue'>

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
const OF_CALLBACK = `
  SELECT count(*) AS n, sum(d.state = 'sending') AS sending,
    sum(d.state = 'scheduled' AND coalesce(e.held_until, 0) > ?) AS parked,
    min(iif(d.state = 'scheduled' AND d.waiting = 0 AND coalesce(e.held_until, 0) <= ?, d.due_at,
      NULL)) AS due
  FROM ringback_live AS d
  JOIN ringback_message AS m ON m.seq = d.message
  LEFT JOIN ringback_endpoint AS e ON e.owner = d.owner AND e.endpoint = d.endpoint`

/** Counts the deliveries that wait now. By callback every one of them is read; otherwise only indexes are. */
export function readWaiting(driver: SqlDriver, filter: StatsFilter, now: number): Waiting {
  const { owner, callback, endpoint } = filter
  if (callback === undefined) return countIndexed(driver, { owner, endpoint }, now)
  const where = joinConditions([
    condition('d.owner = ?', owner),
    condition('m.callback = ?', callback),
    condition('d.endpoint = ?', endpoint),
  ])
  const row = driver.get(`${OF_CALLBACK} WHERE ${where.sql}`, now, now, ...where.values)
  return toWaiting(row ?? {}, now)
}

function countIndexed(
  driver: SqlDriver,
  {
    owner,
    endpoint,
  }: { readonly owner: string | undefined; readonly endpoint: string | undefined },
  now: number,
): Waiting {
  const where = joinConditions([condition('owner = ?', owner), condition('endpoint = ?', endpoint)])
  const read = (sql: string, ...values: readonly number[]) =>
    driver.get(`${sql} AND ${where.sql}`, ...values, ...where.values)
  const live = read('SELECT count(*) AS n FROM ringback_live WHERE TRUE')
  const sending = read(`
    SELECT count(*) AS n FROM ringback_live INDEXED BY ringback_live_sending
    WHERE state = 'sending'`)
  const parked = driver.get(
    `SELECT sum(n) AS n FROM (${COUNT_WAITING} FROM ringback_endpoint AS e
      WHERE held_until > ? AND ${where.sql})`,
    now,
    ...where.values,
  )
  const due = driver.get(
    `SELECT min(due) AS due FROM (${FIRST_DUE} FROM ringback_endpoint AS e
      WHERE ready_at IS NOT NULL AND coalesce(held_until, 0) <= ? AND ${where.sql})`,
    now,
    ...where.values,
  )
  const counts = { n: live?.n ?? 0, sending: sending?.n ?? 0, parked: parked?.n ?? 0 }
  return toWaiting({ ...counts, due: due?.due ?? null }, now)
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
