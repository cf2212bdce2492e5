import { type Allotment, ENDPOINT_PREFIX, type EraseOptions } from '@ringback/sender/store'
import { condition, joinConditions } from './conditions.ts'
import { IS_DAMAGED, LATEST_TIME } from './damage.ts'
import type { PublishedMessages } from './published-messages.ts'
import type { Queues } from './queues.ts'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

const BATCH = 100
const MOST_BYTES = 4 * 1024 * 1024
const COLUMNS = 'id, message, owner, endpoint, bytes, state'
const LIVE_COLUMNS = 'd.id, d.message, d.owner, d.endpoint, d.order_key, 0 AS bytes, d.state'
const DELETE_DELIVERY = 'DELETE FROM ringback_done WHERE id = ?'
const DELETE_ATTEMPTS = 'DELETE FROM ringback_attempt WHERE delivery = ?'
// nothing of another delivery, where the reference is damaged
const DELETE_MESSAGE = 'DELETE FROM ringback_message WHERE seq = ? AND id = ?'
const DELETE_LOST_MESSAGES = `
  DELETE FROM ringback_message WHERE id IN (SELECT value FROM json_each(?))`
// appended as they end, by a clock that never goes back: the first that is not old ends the search
const OLDEST_ENDED = `
  SELECT * FROM (SELECT ${COLUMNS}, ended_at FROM ringback_done ORDER BY seq LIMIT ? + 0)
  WHERE ended_at < ? OR ended_at > ${LATEST_TIME}`
const OF_EXCHANGE = `
  SELECT d.id, d.message, d.owner, d.endpoint, d.bytes, d.state
  FROM ringback_message AS m CROSS JOIN ringback_done AS d ON d.id = m.id
  WHERE`
const DAMAGED = `SELECT ${LIVE_COLUMNS} FROM ringback_live AS d WHERE ${IS_DAMAGED} AND`
const DAMAGED_OF_EXCHANGE = `
  SELECT ${LIVE_COLUMNS}
  FROM ringback_message AS m CROSS JOIN ringback_live AS d ON d.id = m.id
  WHERE ${IS_DAMAGED} AND`
const DELETE_DAMAGED = `DELETE FROM ringback_live AS d WHERE d.id = ? AND ${IS_DAMAGED}`
const GREEDY_OWNER = `
  SELECT owner, kept, kept_bytes FROM ringback_owner WHERE kept > ? OR kept_bytes > ? LIMIT 1`
const OLDEST = `
  SELECT ${COLUMNS} FROM ringback_done INDEXED BY ringback_done_owner
  WHERE owner = ? ORDER BY id LIMIT ? + 0`
const KEEPS_NONE = 'UPDATE ringback_owner SET kept = 0, kept_bytes = 0 WHERE owner = ?'
const DELETE_IDLE_ENDPOINT = `
  DELETE FROM ringback_endpoint
  WHERE owner = ? AND endpoint = ? AND endpoint NOT GLOB '${ENDPOINT_PREFIX}*' AND ready_at IS NULL AND coalesce(held_until, 0) <= ?
    AND coalesce(paced_until, 0) <= ? AND used_up_to < ? - 3600000 AND NOT EXISTS (
      SELECT 1 FROM ringback_live INDEXED BY ringback_live_sending
      WHERE owner = ? AND endpoint = ? AND state = 'sending')`
const DELETE_IDLE_OWNER = `
  DELETE FROM ringback_owner
  WHERE owner = ? AND kept <= 0 AND used_up_to < ? - 3600000
    AND NOT EXISTS (SELECT 1 FROM ringback_endpoint WHERE owner = ?)`

/** Erases some final deliveries with their attempts and messages; gives how many. */
export type Erase = (options: EraseOptions, now: number) => number

/** Prepares erasing, in a transaction. */
export function prepareErase(
  driver: SqlDriver,
  queues: Queues,
  { leave }: PublishedMessages,
): Erase {
  const select = (options: EraseOptions, limit: number, now: number): readonly SqlRow[] => {
    const { id, owner, exchangeKey, age } = options
    const endedBefore = age === undefined ? undefined : now - age
    if (options.beyond) return selectSurplus(driver, options.beyond, limit)
    const where = joinConditions([
      condition('d.id = ?', id),
      condition(exchangeKey === undefined ? 'd.owner = ?' : 'm.owner = ?', owner),
      condition('m.exchange_key = ?', exchangeKey),
      condition('d.ended_at < ?', endedBefore),
    ])
    if (endedBefore !== undefined && id === undefined && owner === undefined) {
      return driver.all(OLDEST_ENDED, limit, endedBefore)
    }
    const isByExchange = exchangeKey !== undefined
    const selectFrom = (from: string) =>
      driver.all(`${from} ${where.sql} LIMIT ? + 0`, ...where.values, limit)
    const done = selectFrom(
      isByExchange ? OF_EXCHANGE : `SELECT ${COLUMNS} FROM ringback_done AS d WHERE`,
    )
    if (done.length > 0 || endedBefore !== undefined) return done
    // last, since it reads all that the owner has to send
    return selectFrom(isByExchange ? DAMAGED_OF_EXCHANGE : DAMAGED)
  }

  const endDamaged = (row: SqlRow) => {
    driver.run(DELETE_DAMAGED, String(row.id))
    const orderKey = typeof row.order_key === 'string' ? row.order_key : null
    queues.release({ owner: String(row.owner), endpoint: String(row.endpoint), orderKey })
  }

  return (options, now) => {
    const rows = select(options, Math.min(options.limit ?? BATCH, BATCH), now)
    const endpoints = new Map<string, SqlRow>()
    let erased = 0
    let bytes = 0
    const lost: string[] = []
    for (const row of rows) {
      const id = String(row.id)
      const isKept = driver.count(DELETE_DELIVERY, id) > 0
      if (isKept) queues.keep(String(row.owner), -1, -Number(row.bytes))
      else endDamaged(row)
      driver.run(DELETE_ATTEMPTS, id)
      const isLeft = isOfPublished(row) && leave(Number(row.message))
      if (!isLeft && driver.count(DELETE_MESSAGE, Number(row.message), id) === 0) lost.push(id)
      endpoints.set(`${row.endpoint} ${row.owner}`, row)
      erased += 1
      bytes += Number(row.bytes)
      // overwriting holds up the event loop
      if (bytes >= MOST_BYTES) break
    }
    if (lost.length > 0) driver.run(DELETE_LOST_MESSAGES, JSON.stringify(lost))
    // what a damaged delivery has let go, before its endpoint is found idle
    queues.settle()
    for (const { owner, endpoint } of endpoints.values()) {
      const key = [String(owner), String(endpoint)]
      driver.run(DELETE_IDLE_ENDPOINT, ...key, now, now, now, ...key)
    }
    for (const owner of new Set([...endpoints.values()].map((row) => String(row.owner)))) {
      driver.run(DELETE_IDLE_OWNER, owner, now, owner)
    }
    return erased
  }
}

/** Whether other deliveries may have the same message. */
function isOfPublished({ endpoint, state }: SqlRow): boolean {
  return state === 'skipped' || String(endpoint).startsWith(ENDPOINT_PREFIX)
}

/** The oldest deliveries of one owner that keeps more than it may. */
function selectSurplus(
  driver: SqlDriver,
  { count, bytes }: Allotment,
  limit: number,
): readonly SqlRow[] {
  const greedy = driver.get(GREEDY_OWNER, count, bytes)
  if (greedy === undefined || limit <= 0) return []
  const oldest = driver.all(OLDEST, String(greedy.owner), limit)
  if (oldest.length === 0) {
    // another program has changed the counts; the others are not to wait for that
    const isMended = driver.count(KEEPS_NONE, String(greedy.owner)) > 0
    return isMended ? selectSurplus(driver, { count, bytes }, limit) : []
  }
  let surplus = Number(greedy.kept) - count
  let surplusBytes = Number(greedy.kept_bytes) - bytes
  const chosen: SqlRow[] = []
  for (const row of oldest) {
    if (surplus <= 0 && surplusBytes <= 0) break
    surplus -= 1
    surplusBytes -= Number(row.bytes)
    chosen.push(row)
  }
  return chosen
}
