import type {
  MessageRange,
  PublishResult,
  ReplayOptions,
  ReplayResult,
  StoredMessage,
} from '@ringback/sender'
import {
  ENDPOINT_PREFIX,
  ENDPOINT_TAIL,
  isSameDelivery,
  publishedDelivery,
  publishedIdOf,
} from '@ringback/sender/store'
import { LATEST_TIME } from './damage.ts'
import { readSettings, writeSettings } from './delivery-row.ts'
import { COUNT_DELIVERIES } from './published-messages.ts'
import type { Queues } from './queues.ts'
import { LISTENS } from './registered-endpoints.ts'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

/** What is published; each method but `callbacks` is called in a transaction. */
export interface Publications {
  publish(message: StoredMessage, patterns: readonly string[], now: number): PublishResult
  callbacks(range: MessageRange): readonly string[]
  replay(options: ReplayOptions, now: number): ReplayResult
}

const SELECT_KNOWN = `
  SELECT m.id, m.settings, m.payload,
    p.deliveries - EXISTS (SELECT 1 FROM ringback_done WHERE id = m.id) AS n
  FROM ringback_publication AS p JOIN ringback_message AS m ON m.seq = p.message
  WHERE p.owner = ? AND p.operation_id = ? AND p.callback = ? AND p.dedupe_key = ?`
const NEXT_MESSAGE = 'SELECT coalesce(max(seq), 0) + 1 AS seq FROM ringback_message'
const INSERT_MESSAGE = `
  INSERT INTO ringback_message
    (seq, id, owner, operation_id, callback, method, created_at, settings, payload)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
const INSERT_PUBLICATION = 'INSERT INTO ringback_publication VALUES (?, ?, ?, ?, ?, ?, ?, ?)'
const TAIL = (column: string) => `substr(${column}, -${ENDPOINT_TAIL})`
// one statement, whose memory does not grow with the endpoints
const INSERT_ALL = `
  INSERT INTO ringback_live
    (message, id, owner, endpoint, expires_at, order_key, due_at, callback, waiting)
  SELECT p.message, p.id || '_' || ${TAIL('s.id')}, s.owner, s.id, p.expires_at, p.order_key,
    p.due_at, p.callback, EXISTS (
      SELECT 1 FROM ringback_live AS o INDEXED BY ringback_live_order
      WHERE o.owner = s.owner AND o.endpoint = s.id AND o.order_key = p.order_key)
  FROM (
    SELECT ? AS message, ? AS id, ? AS expires_at, ? AS order_key, ? AS due_at, ? AS callback) AS p
  CROSS JOIN ringback_subscription AS s
  WHERE s.owner = ? AND (s.reason IS NULL OR s.reason = 'application') AND ${LISTENS}`
// an endpoint that has something to send already is not written again
const SET_READY = `
  WITH p AS (SELECT ? AS due)
  UPDATE ringback_endpoint
  SET ready_at = max((SELECT due FROM p), turn_at, coalesce(held_until, 0))`
const IS_EARLIER = `coalesce(ready_at, ${LATEST_TIME} + 1)
  > max((SELECT due FROM p), turn_at, coalesce(held_until, 0))`
// all that got it, and none of them is behind another delivery
const READY_ALL = `${SET_READY}
  FROM (
    SELECT s.id FROM ringback_subscription AS s
    WHERE s.owner = ? AND (s.reason IS NULL OR s.reason = 'application') AND ${LISTENS}) AS l
  WHERE owner = ? AND endpoint = l.id AND ${IS_EARLIER}`
const READY_IN_ORDER = `${SET_READY}
  WHERE owner = ? AND endpoint GLOB '${ENDPOINT_PREFIX}*' AND EXISTS (
    SELECT 1 FROM ringback_live AS d
    WHERE d.id = ? || '_' || ${TAIL('ringback_endpoint.endpoint')} AND d.waiting = 0)
  AND ${IS_EARLIER}`
const INSERT_SKIPPED = `
  INSERT INTO ringback_done
    (message, id, owner, endpoint, attempts, refusals, state, detail, ended_at, bytes)
  VALUES (?, ?, ?, '', 0, 0, 'skipped', ?, ?, ?)`
const INSERT_ONE = `
  INSERT INTO ringback_live (message, id, owner, endpoint, order_key, due_at, waiting, callback)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
const IN_RANGE = 'p.owner = ? AND p.created_at >= ? AND p.created_at < ?'
const SELECT_CALLBACKS = `SELECT DISTINCT p.callback FROM ringback_publication AS p WHERE ${IN_RANGE}`
const SELECT_MISSED = `
  SELECT p.message, p.created_at, p.order_key, p.callback, m.id
  FROM ringback_publication AS p JOIN ringback_message AS m ON m.seq = p.message
  WHERE ${IN_RANGE} AND p.callback IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM ringback_live AS d WHERE d.id = m.id || '_' || ?)
    AND NOT EXISTS (SELECT 1 FROM ringback_done AS d WHERE d.id = m.id || '_' || ?)
  ORDER BY p.created_at, p.message LIMIT ? + 0`
const IS_REGISTERED = 'SELECT 1 FROM ringback_subscription WHERE id = ? AND owner = ?'

/** Prepares publishing to registered endpoints. */
export function preparePublications(driver: SqlDriver, queues: Queues): Publications {
  const describeKnown = (known: SqlRow, message: StoredMessage): PublishResult => {
    const { payload } = known
    const settings = readSettings(known)
    const isSame =
      payload instanceof Uint8Array &&
      isSameDelivery({ payload, ...(settings && { settings }) }, message)
    const kind = isSame ? 'duplicate' : 'conflict'
    return { kind, id: String(known.id), count: Number(known.n ?? 0) }
  }
  const rangeOf = ({
    owner,
    since,
    until = LATEST_TIME,
  }: MessageRange): [string, number, number] => [owner, since, until]

  return {
    publish(message, patterns, now) {
      const { id, owner, operationId, callback, createdAt, dedupeKey, payload } = message
      const { dueAt = createdAt, expiresAt = null, orderKey = null } = message
      const known =
        dedupeKey !== undefined && driver.get(SELECT_KNOWN, owner, operationId, callback, dedupeKey)
      if (known) return describeKnown(known, message)
      const seq = Number(driver.get(NEXT_MESSAGE)?.seq)
      const due = now + dueAt - createdAt
      const values = [seq, id, expiresAt, orderKey, due, callback, owner, JSON.stringify(patterns)]
      const count = driver.count(INSERT_ALL, ...values)
      if (count > 0) {
        if (orderKey === null) driver.run(READY_ALL, due, owner, JSON.stringify(patterns), owner)
        else driver.run(READY_IN_ORDER, due, owner, id)
        queues.touchOwner(owner)
      } else {
        const { detail = null } = publishedDelivery(message)
        driver.run(INSERT_SKIPPED, seq, id, owner, detail, now, payload.byteLength)
        queues.keep(owner, 1, payload.byteLength)
      }
      const settings = writeSettings(message)
      const head = [seq, id, owner, operationId, callback, message.method, createdAt]
      driver.run(INSERT_MESSAGE, ...head, settings, payload)
      const place = [seq, owner, operationId, callback, createdAt, orderKey]
      driver.run(INSERT_PUBLICATION, ...place, dedupeKey ?? null, Math.max(1, count))
      return { kind: 'stored', id, count }
    },

    callbacks: (range) =>
      driver.all(SELECT_CALLBACKS, ...rangeOf(range)).map((row) => String(row.callback)),

    replay({ endpoint, callbacks, limit, ...range }, now) {
      const { owner } = range
      if (driver.get(IS_REGISTERED, endpoint, owner) === undefined) return { count: 0 }
      const tail = endpoint.slice(-ENDPOINT_TAIL)
      const names = JSON.stringify(callbacks)
      const rows = driver.all(SELECT_MISSED, ...rangeOf(range), names, tail, tail, limit)
      for (const row of rows) {
        const id = publishedIdOf(String(row.id), endpoint)
        const orderKey = typeof row.order_key === 'string' ? row.order_key : null
        const isBehind = queues.isBehind(id, { owner, endpoint, orderKey })
        const seq = Number(row.message)
        const place = [seq, id, owner, endpoint, orderKey]
        driver.run(INSERT_ONE, ...place, now, isBehind ? 1 : 0, String(row.callback))
        driver.run(COUNT_DELIVERIES, 1, seq)
      }
      queues.touch({ owner, endpoint })
      const last = rows.at(-1)
      const isMore = last !== undefined && rows.length >= limit
      return { count: rows.length, ...(isMore && { since: Number(last.created_at) }) }
    },
  }
}
