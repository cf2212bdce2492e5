import type {
  DeliveryTransition,
  DisabledReason,
  EndpointScope,
  RequestLimit,
  StoredEndpoint,
  StoredEndpointChange,
  StoredEndpointFilter,
} from '@ringback/sender'
import {
  applyEndpointChange,
  ENDPOINT_COLUMNS,
  HELD_FOREVER,
  isInScope,
  judgeEndpointFailures,
  readEndpointRow,
  writeEndpointRow,
} from '@ringback/sender/store'
import { condition, joinConditions } from './conditions.ts'
import { readTime } from './damage.ts'
import { endLive } from './end-live.ts'
import type { EndpointKey, Queues } from './queues.ts'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

/** The registered endpoints in the tables; what changes them is called in a transaction. */
export interface RegisteredEndpoints {
  add(endpoint: StoredEndpoint): boolean
  find(id: string, scope: EndpointScope, now: number): StoredEndpoint | undefined
  query(filter: StoredEndpointFilter, now: number): readonly StoredEndpoint[]
  change(
    id: string,
    change: StoredEndpointChange,
    when: { readonly scope: EndpointScope; readonly now: number },
  ): StoredEndpoint | 'duplicate' | undefined
  remove(id: string, scope: EndpointScope, now: number): 'removed' | 'more' | undefined
  /** Counts an attempt for an endpoint; gives why it is disabled then. */
  countFailure(
    key: EndpointKey,
    transition: DeliveryTransition,
    now: number,
  ): DisabledReason | undefined
}

const REMOVED_AT_ONCE = 200
const COLUMNS = ENDPOINT_COLUMNS.join(', ')
const SELECT = `SELECT ${COLUMNS} FROM ringback_subscription WHERE id = ?`
const INSERT = `
  INSERT INTO ringback_subscription (${COLUMNS})
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
const UPDATE = `
  UPDATE OR IGNORE ringback_subscription SET (${COLUMNS}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  WHERE id = ?`
const DELETE = 'DELETE FROM ringback_subscription WHERE id = ?'
const SELECT_FAILURES =
  'SELECT failing_since FROM ringback_subscription WHERE id = ? AND reason IS NULL'
const WRITE_FAILURES = 'UPDATE ringback_subscription SET failing_since = ?, reason = ? WHERE id = ?'
const ADD_QUEUE =
  'INSERT INTO ringback_endpoint (owner, endpoint) VALUES (?, ?) ON CONFLICT DO NOTHING'
const LIMIT_QUEUE =
  'UPDATE ringback_endpoint SET concurrency = ?, rate = ? WHERE owner = ? AND endpoint = ?'
const HOLD_QUEUE = `
  UPDATE ringback_endpoint SET held_until = ?, paced_until = NULL, health = NULL
  WHERE owner = ? AND endpoint = ?`
const SELECT_HOLD = 'SELECT held_until FROM ringback_endpoint WHERE owner = ? AND endpoint = ?'
const END_HOLD = `
  UPDATE ringback_endpoint SET held_until = ? WHERE owner = ? AND endpoint = ? AND held_until > ?`
const DELETE_QUEUE = 'DELETE FROM ringback_endpoint WHERE owner = ? AND endpoint = ?'
const OF_ENDPOINT = 'owner = ? AND endpoint = ?'
const LIVE_COLUMNS = 'id, owner, endpoint, order_key, state'
// by name, each by an index that has the endpoint
const SELECT_LIVE = `
  SELECT ${LIVE_COLUMNS} FROM ringback_live INDEXED BY ringback_live_queue
  WHERE ${OF_ENDPOINT} AND state = 'scheduled' AND waiting = 0
  UNION ALL SELECT ${LIVE_COLUMNS} FROM ringback_live INDEXED BY ringback_live_sending
  WHERE ${OF_ENDPOINT} AND state = 'sending'
  UNION ALL SELECT ${LIVE_COLUMNS} FROM ringback_live INDEXED BY ringback_live_order
  WHERE ${OF_ENDPOINT} AND order_key IS NOT NULL AND waiting = 1 AND state = 'scheduled'
  LIMIT ${REMOVED_AT_ONCE}`

/** Prepares the registered endpoints. */
export function prepareRegisteredEndpoints(driver: SqlDriver, queues: Queues): RegisteredEndpoints {
  const keyOf = ({ owner, id }: StoredEndpoint): [string, string] => [owner, id]
  const findOf = (id: string, scope: EndpointScope): StoredEndpoint | undefined => {
    const row = driver.get(SELECT, id)
    const endpoint = row && readEndpointRow(row)
    return endpoint && isInScope(endpoint, scope) ? endpoint : undefined
  }
  const withHold = (endpoint: StoredEndpoint, held: unknown, now: number): StoredEndpoint => {
    const heldUntil = readTime(held)
    const isShown = heldUntil !== undefined && heldUntil > now && heldUntil < HELD_FOREVER
    return isShown ? { ...endpoint, heldUntil } : endpoint
  }
  const present = (endpoint: StoredEndpoint, now: number) =>
    withHold(endpoint, driver.get(SELECT_HOLD, ...keyOf(endpoint))?.held_until, now)
  const limit = (endpoint: StoredEndpoint) => {
    const { concurrency, rate }: RequestLimit = endpoint.limits ?? {}
    driver.run(LIMIT_QUEUE, concurrency ?? null, rate ?? null, ...keyOf(endpoint))
  }
  const hold = ({ owner, endpoint }: EndpointKey, until: number) => {
    driver.run(HOLD_QUEUE, until, owner, endpoint)
    queues.touch({ owner, endpoint })
  }
  const settle = (before: StoredEndpoint, after: StoredEndpoint, now: number) => {
    const key = { owner: after.owner, endpoint: after.id }
    driver.run(ADD_QUEUE, ...keyOf(after))
    limit(after)
    if (after.state === 'disabled') hold(key, HELD_FOREVER)
    else if (before.state === 'disabled') hold(key, now)
    // at another URL, it may be well
    else if (before.url !== after.url) driver.run(END_HOLD, now, ...keyOf(after), now)
    queues.touch(key)
  }

  return {
    add(endpoint) {
      if (driver.count(INSERT, ...writeEndpointRow(endpoint)) === 0) return false
      driver.run(ADD_QUEUE, ...keyOf(endpoint))
      limit(endpoint)
      if (endpoint.state === 'disabled') {
        hold({ owner: endpoint.owner, endpoint: endpoint.id }, HELD_FOREVER)
      }
      return true
    },

    find(id, scope, now) {
      const endpoint = findOf(id, scope)
      return endpoint && present(endpoint, now)
    },

    query({ owner, externalId, state, patterns, cursor, limit: most = 100 }, now) {
      const where = joinConditions([
        condition('s.owner = ?', owner),
        condition('s.external_id = ?', externalId),
        condition('s.id < ?', cursor),
        state && { sql: `s.reason IS ${state === 'enabled' ? '' : 'NOT'} NULL`, values: [] },
        condition(LISTENS, patterns && JSON.stringify(patterns)),
      ])
      const rows = driver.all(
        `SELECT s.*, e.held_until AS held FROM ringback_subscription AS s
        LEFT JOIN ringback_endpoint AS e ON e.owner = s.owner AND e.endpoint = s.id
        WHERE ${where.sql} ORDER BY s.id DESC LIMIT ? + 0`,
        ...where.values,
        most,
      )
      return rows.flatMap((row) => {
        const endpoint = readEndpointRow(row)
        return endpoint ? [withHold(endpoint, row.held, now)] : []
      })
    },

    change(id, change, { scope, now }) {
      const before = findOf(id, scope)
      if (before === undefined) return undefined
      const after = applyEndpointChange(before, change, now)
      if (driver.count(UPDATE, ...writeEndpointRow(after), id) === 0) return 'duplicate'
      settle(before, after, now)
      return present(after, now)
    },

    remove(id, scope, now) {
      const endpoint = findOf(id, scope)
      if (endpoint === undefined) return undefined
      const key = keyOf(endpoint)
      const rows: readonly SqlRow[] = driver.all(SELECT_LIVE, ...key, ...key, ...key)
      for (const row of rows) {
        // the lease of a delivery that is being sent stays, as when it is cancelled
        const keepsLease = row.state === 'sending'
        endLive(driver, queues, row, { state: 'cancelled', keepsLease, now })
      }
      if (rows.length === REMOVED_AT_ONCE) {
        const reason = { state: 'disabled', disabledReason: 'gone' } as const
        driver.run(UPDATE, ...writeEndpointRow({ ...endpoint, ...reason }), id)
        hold({ owner: endpoint.owner, endpoint: id }, HELD_FOREVER)
        return 'more'
      }
      driver.run(DELETE, id)
      // what was cancelled is written before, so that it does not come again
      queues.settle()
      driver.run(DELETE_QUEUE, ...key)
      queues.touchOwner(endpoint.owner)
      return 'removed'
    },

    countFailure({ owner, endpoint }, transition, now) {
      const row = driver.get(SELECT_FAILURES, endpoint)
      if (row === undefined) return undefined
      const judged = judgeEndpointFailures(readTime(row.failing_since), transition, now)
      if (judged === undefined) return undefined
      const { failingSince, disabled } = judged
      driver.run(WRITE_FAILURES, failingSince ?? null, disabled ?? null, endpoint)
      if (disabled) hold({ owner, endpoint }, HELD_FOREVER)
      return disabled
    },
  }
}

/** Selects endpoints that listen to one of the patterns of a JSON array; events that cannot be read listen to none. */
export const LISTENS = `EXISTS (
  SELECT 1 FROM json_each(iif(json_valid(s.events), s.events, '[]')) AS event
  WHERE event.value IN (SELECT value FROM json_each(?)))`
