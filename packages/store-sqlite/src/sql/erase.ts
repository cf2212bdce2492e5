import type { Allotment, EraseOptions } from '@ringback/sender/store'
import { condition, joinConditions } from './conditions.ts'
import type { Queues } from './queues.ts'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

const BATCH = 100
const MOST_BYTES = 4 * 1024 * 1024
const COLUMNS = 'id, message, owner, endpoint, bytes'
const DELETE_DELIVERY = 'DELETE FROM ringback_done WHERE id = ?'
const DELETE_ATTEMPTS = 'DELETE FROM ringback_attempt WHERE delivery = ?'
const DELETE_MESSAGE = 'DELETE FROM ringback_message WHERE seq = ?'
// appended as they end, by a clock that never goes back: the first that is not old ends the search
const OLDEST_ENDED = `
  SELECT * FROM (SELECT ${COLUMNS}, ended_at FROM ringback_done ORDER BY seq LIMIT ? + 0)
  WHERE ended_at < ?`
const OF_EXCHANGE = `
  SELECT d.id, d.message, d.owner, d.endpoint, d.bytes
  FROM ringback_message AS m CROSS JOIN ringback_done AS d ON d.id = m.id
  WHERE`
// a state that no version has written: neither sent nor final
const DAMAGED = `
  SELECT id, message, owner, endpoint, 0 AS bytes FROM ringback_live AS d
  WHERE state NOT IN ('scheduled', 'sending') AND`
const DELETE_DAMAGED = `
  DELETE FROM ringback_live WHERE id = ? AND state NOT IN ('scheduled', 'sending')`
const GREEDY_OWNER = `
  SELECT owner, kept, kept_bytes FROM ringback_owner WHERE kept > ? OR kept_bytes > ? LIMIT 1`
const OLDEST = `
  SELECT ${COLUMNS} FROM ringback_done INDEXED BY ringback_done_owner
  WHERE owner = ? ORDER BY id LIMIT ? + 0`
const DELETE_IDLE_ENDPOINT = `
  DELETE FROM ringback_endpoint
  WHERE owner = ? AND endpoint = ? AND ready_at IS NULL AND coalesce(held_until, 0) <= ?
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
export function prepareErase(driver: SqlDriver, queues: Queues): Erase {
  const select = (options: EraseOptions, limit: number): readonly SqlRow[] => {
    const { id, owner, exchangeKey, endedBefore } = options
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
    if (exchangeKey === undefined && endedBefore === undefined) {
      const damaged = driver.all(`${DAMAGED} ${where.sql} LIMIT ? + 0`, ...where.values, limit)
      if (damaged.length > 0) return damaged
    }
    const from =
      exchangeKey === undefined ? `SELECT ${COLUMNS} FROM ringback_done AS d WHERE` : OF_EXCHANGE
    return driver.all(`${from} ${where.sql} LIMIT ? + 0`, ...where.values, limit)
  }

  return (options, now) => {
    const rows = select(options, Math.min(options.limit ?? BATCH, BATCH))
    const endpoints = new Map<string, SqlRow>()
    let erased = 0
    let bytes = 0
    for (const row of rows) {
      const id = String(row.id)
      const isKept = driver.run(DELETE_DELIVERY, id) > 0
      if (isKept) queues.keep(String(row.owner), -1, -Number(row.bytes))
      else driver.run(DELETE_DAMAGED, id)
      driver.run(DELETE_ATTEMPTS, id)
      driver.run(DELETE_MESSAGE, Number(row.message))
      endpoints.set(`${row.endpoint} ${row.owner}`, row)
      erased += 1
      bytes += Number(row.bytes)
      // overwriting holds up the event loop
      if (bytes >= MOST_BYTES) break
    }
    for (const { owner, endpoint } of endpoints.values()) {
      const key = [String(owner), String(endpoint)]
      driver.run(DELETE_IDLE_ENDPOINT, ...key, now, now, now, ...key)
    }
    queues.settle()
    for (const owner of new Set([...endpoints.values()].map((row) => String(row.owner)))) {
      driver.run(DELETE_IDLE_OWNER, owner, now, owner)
    }
    return erased
  }
}

/** The oldest deliveries of one owner that keeps more than it may. */
function selectSurplus(driver: SqlDriver, { count, bytes }: Allotment, limit: number) {
  const greedy = driver.get(GREEDY_OWNER, count, bytes)
  if (greedy === undefined) return []
  let surplus = Number(greedy.kept) - count
  let surplusBytes = Number(greedy.kept_bytes) - bytes
  const chosen: SqlRow[] = []
  for (const row of driver.all(OLDEST, String(greedy.owner), limit)) {
    if (surplus <= 0 && surplusBytes <= 0) break
    surplus -= 1
    surplusBytes -= Number(row.bytes)
    chosen.push(row)
  }
  return chosen
}
