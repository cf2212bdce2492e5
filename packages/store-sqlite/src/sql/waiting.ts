import {
  type HeldEndpoint,
  MOST_HELD,
  type StatsFilter,
  type StoredStats,
  type StoreHealth,
} from '@ringback/sender/store'
import { condition, joinConditions } from './conditions.ts'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

type Waiting = Pick<StoredStats, 'waiting' | 'oldestDue' | 'held'>
type Place = { readonly [TName in 'owner' | 'callback' | 'endpoint']?: string | undefined }

// each by an index that has all it reads, so that a million are counted without one of them being read
const OF_ENDPOINT = 'owner = e.owner AND endpoint = e.endpoint'
const READY = "ringback_live_queue WHERE state = 'scheduled' AND waiting = 0"
const READY_BY_CALLBACK = "ringback_live_callback WHERE state = 'scheduled' AND waiting = 0"
const BEHIND = 'ringback_live_behind WHERE waiting = 1'
const SENDING = "ringback_live_sending WHERE state = 'sending'"
const HELD = 'coalesce(e.held_until, 0) > ?'

/** Counts the deliveries that wait now. */
export function readWaiting(driver: SqlDriver, filter: StatsFilter, now: number): Waiting {
  const counted = countWaiting(driver, filter, now)
  return filter.held ? { ...counted, held: listHeld(driver, filter, now) } : counted
}

/** Tells how long the delivery that has waited longest has been due, of those that may be sent. */
export function readOldestDue(driver: SqlDriver, now: number): StoreHealth {
  return ageOf(findDue(driver, {}, now), now)
}

function countWaiting(driver: SqlDriver, place: Place, now: number): Waiting {
  const { owner, callback, endpoint } = place
  if (endpoint !== undefined) return countByEndpoint(driver, place, now)
  return callback === undefined
    ? countAll(driver, { owner }, now)
    : countByCallback(driver, { owner, callback }, now)
}

/** Of an endpoint of one owner, or of each that sends there. */
function countByEndpoint(
  driver: SqlDriver,
  { owner, callback, endpoint }: Place,
  now: number,
): Waiting {
  const of = (index: string) => `${index} AND ${OF_ENDPOINT}${and(callback, 'callback = ?')}`
  const values = callback === undefined ? [] : [callback]
  const where = wherePlace({ owner, endpoint })
  const row = driver.get(
    `SELECT sum(ready + behind + sending) AS n, sum(sending) AS sending,
      sum(is_held * (ready + behind)) AS parked, min(iif(is_held, NULL, due)) AS due
    FROM (
      SELECT ${HELD} AS is_held, (${count(of(READY))}) AS ready, (${count(of(BEHIND))}) AS behind,
        (${count(of(SENDING))}) AS sending, (${firstDue(of(READY))}) AS due
      FROM ringback_endpoint AS e WHERE ${where.sql})`,
    now,
    ...values,
    ...values,
    ...values,
    ...values,
    ...where.values,
  )
  return toWaiting(row ?? {}, now)
}

/** Of a callback, for one owner or for all. */
function countByCallback(driver: SqlDriver, { owner, callback = '' }: Place, now: number): Waiting {
  const values = owner === undefined ? [callback] : [callback, owner]
  const of = (index: string) => `${index} AND callback = ?${and(owner, 'owner = ?')}`
  const read = (sql: string) => Number(driver.get(sql, ...values)?.n ?? 0)
  const sending = read(count(of(SENDING)))
  const n = read(count(of(READY_BY_CALLBACK))) + read(count(of(BEHIND))) + sending
  const due = driver.get(
    `SELECT d.due_at AS due FROM ringback_live AS d INDEXED BY ${of(READY_BY_CALLBACK)}
    AND NOT EXISTS (
      SELECT 1 FROM ringback_endpoint AS e
      WHERE e.owner = d.owner AND e.endpoint = d.endpoint AND ${HELD})
    ORDER BY d.due_at LIMIT 1`,
    ...values,
    now,
  )
  const parked = countParked(driver, { owner, callback }, now)
  return toWaiting({ n, sending, parked, due: due?.due ?? null }, now)
}

/** Of all, or of one owner. */
function countAll(driver: SqlDriver, place: Place, now: number): Waiting {
  const where = wherePlace(place)
  const read = (sql: string) => Number(driver.get(`${sql} AND ${where.sql}`, ...where.values)?.n)
  const n = read('SELECT count(*) AS n FROM ringback_live WHERE TRUE')
  const sending = read(count(SENDING))
  const parked = countParked(driver, place, now)
  return toWaiting({ n, sending, parked, due: findDue(driver, place, now) }, now)
}

/** Gives when the first delivery is due that may be sent: the first of each queue is read, whatever their number. */
function findDue(driver: SqlDriver, place: Place, now: number): number | null {
  const where = wherePlace(place)
  const row = driver.get(
    `SELECT min(due) AS due FROM (
      SELECT (${firstDue(`${READY} AND ${OF_ENDPOINT}`)}) AS due FROM ringback_endpoint AS e
      WHERE ready_at IS NOT NULL AND NOT ${HELD} AND ${where.sql})`,
    now,
    ...where.values,
  )
  return typeof row?.due === 'number' ? row.due : null
}

/** The endpoints that are held, and for which deliveries wait. */
function listHeld(
  driver: SqlDriver,
  { callback, ...place }: Place,
  now: number,
): readonly HeldEndpoint[] {
  const of = (index: string) => `${index} AND ${OF_ENDPOINT}${and(callback, 'callback = ?')}`
  const values = callback === undefined ? [] : [callback]
  const where = wherePlace(place)
  const rows = driver.all(
    `SELECT * FROM (
      SELECT owner, endpoint, held_until, (${count(of(READY))}) + (${count(of(BEHIND))}) AS n
      FROM ringback_endpoint AS e WHERE held_until > ? AND ${where.sql})
    WHERE n > 0 ORDER BY n DESC, owner, endpoint LIMIT ${MOST_HELD}`,
    ...values,
    ...values,
    now,
    ...where.values,
  )
  return rows.map(toHeld)
}

/** The deliveries of endpoints that are held. */
function countParked(driver: SqlDriver, { callback, ...place }: Place, now: number): number {
  const of = (index: string) => `${index} AND ${OF_ENDPOINT}${and(callback, 'callback = ?')}`
  const values = callback === undefined ? [] : [callback]
  const where = wherePlace(place)
  const row = driver.get(
    `SELECT sum((${count(of(READY))}) + (${count(of(BEHIND))})) AS n
    FROM ringback_endpoint AS e WHERE held_until > ? AND ${where.sql}`,
    ...values,
    ...values,
    now,
    ...where.values,
  )
  return Number(row?.n ?? 0)
}

function count(index: string): string {
  return `SELECT count(*) AS n FROM ringback_live INDEXED BY ${index}`
}

function firstDue(index: string): string {
  return `SELECT due_at FROM ringback_live INDEXED BY ${index} ORDER BY due_at LIMIT 1`
}

function and(value: string | undefined, sql: string): string {
  return value === undefined ? '' : ` AND ${sql}`
}

function wherePlace({ owner, endpoint }: Place) {
  return joinConditions([condition('owner = ?', owner), condition('endpoint = ?', endpoint)])
}

function toWaiting({ n, sending, parked, due }: SqlRow, now: number): Waiting {
  const [all, inFlight, held] = [n, sending, parked].map((one) => Number(one ?? 0))
  const waiting = { scheduled: (all ?? 0) - (inFlight ?? 0) - (held ?? 0) }
  return {
    waiting: { ...waiting, parked: held ?? 0, sending: inFlight ?? 0 },
    ...ageOf(due, now),
  }
}

function ageOf(due: SqlRow[string] | undefined, now: number): StoreHealth {
  return typeof due === 'number' && due <= now ? { oldestDue: now - due } : {}
}

function toHeld({ owner, endpoint, held_until, n }: SqlRow): HeldEndpoint {
  return {
    owner: String(owner),
    endpoint: String(endpoint),
    heldUntil: Number(held_until),
    parked: Number(n),
  }
}
