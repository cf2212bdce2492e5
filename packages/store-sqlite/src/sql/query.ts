import type { DeliveryFilter, DeliveryRecord } from '@ringback/sender'
import { listAttempts } from './attempts.ts'
import { condition, joinConditions } from './conditions.ts'
import { MESSAGE_COLUMNS, toDelivery } from './delivery-row.ts'
import { DONE_COLUMNS, LIVE_COLUMNS } from './find-row.ts'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

const MESSAGE = 'LEFT JOIN ringback_message AS m ON m.seq = d.message'
const ENDPOINT = `
  LEFT JOIN ringback_endpoint AS e ON e.owner = d.owner AND e.endpoint = d.endpoint`
const HELD = 'coalesce(e.held_until, 0) > ?'
const LIVE_STATES = ['scheduled', 'parked', 'sending']

/** Some of the deliveries that a filter selects. */
export interface QueryPage {
  readonly records: readonly DeliveryRecord[]
  /** The filter that selects the rest; absent when there is none. */
  readonly rest?: DeliveryFilter
}

/**
 * Lists the deliveries that a filter selects, newest first; they read as parked while their endpoint is held. Reads
 * only so many rows, since few may be selected of very many.
 */
export function queryPage(driver: SqlDriver, filter: DeliveryFilter, now: number): QueryPage {
  const { limit = 100 } = filter
  const end = isWalk(filter) ? findPageEnd(driver, filter) : undefined
  const records = readPage(driver, { ...filter, end }, now)
  const isOver = end === undefined || records.length >= limit
  return isOver
    ? { records }
    : { records, rest: { ...filter, cursor: end, limit: limit - records.length } }
}

/** A filter, and the least id of the rows that are read. */
interface PageFilter extends DeliveryFilter {
  readonly end: string | undefined
}

const PAGE = 4000

/** Whether no index finds what is selected, so that every delivery may have to be read. */
function isWalk({ id, state, owner, cursor, limit, ...others }: DeliveryFilter): boolean {
  // no index tells what is parked, nor most deliveries that are delivered
  const isOfIndex = state !== 'delivered' && state !== 'parked' && state !== 'scheduled'
  const isIndexed = state === undefined || (isOfIndex && owner === undefined)
  return id === undefined && (!isIndexed || Object.keys(others).length > 0)
}

/** Finds the id at which as many rows are read as one page may; `undefined` when fewer are left. */
function findPageEnd(driver: SqlDriver, filter: DeliveryFilter): string | undefined {
  const { owner, cursor, state } = filter
  const where = joinConditions([condition('id < ?', cursor), condition('owner = ?', owner)])
  const ends = tablesOf(state).flatMap((table) => {
    const row = driver.get(
      `SELECT id FROM ${table} WHERE ${where.sql} ORDER BY id DESC LIMIT 1 OFFSET ${PAGE - 1}`,
      ...where.values,
    )
    return row === undefined ? [] : [String(row.id)]
  })
  return ends.sort().at(-1)
}

function tablesOf(state: DeliveryFilter['state']): readonly string[] {
  if (state === undefined) return ['ringback_live', 'ringback_done']
  return LIVE_STATES.includes(state) ? ['ringback_live'] : ['ringback_done']
}

function readPage(driver: SqlDriver, filter: PageFilter, now: number): readonly DeliveryRecord[] {
  const { state, limit = 100 } = filter
  const live =
    state === undefined || LIVE_STATES.includes(state) ? listLive(driver, filter, now) : []
  const done = state === undefined || !LIVE_STATES.includes(state) ? listDone(driver, filter) : []
  return [...live, ...done]
    .sort((a, b) => (String(a.id) < String(b.id) ? 1 : -1))
    .slice(0, limit)
    .map((row) => {
      const isParked = row.state === 'scheduled' && Number(row.held_until ?? 0) > now
      const delivery = toDelivery(row, isParked ? 'parked' : row.state)
      return { ...delivery, attempts: listAttempts(driver, delivery.id) }
    })
}

function listLive(driver: SqlDriver, filter: PageFilter, now: number): readonly SqlRow[] {
  const { state, limit = 100 } = filter
  // a live delivery has no reason
  if (filter.reason !== undefined) return []
  const ofState = {
    scheduled: { sql: `d.state = 'scheduled' AND NOT ${HELD}`, values: [now] },
    parked: { sql: `d.state = 'scheduled' AND ${HELD}`, values: [now] },
    sending: { sql: "d.state = 'sending'", values: [] },
  }
  const where = joinConditions([
    ...commonConditions(filter),
    state === 'scheduled' || state === 'parked' || state === 'sending' ? ofState[state] : undefined,
  ])
  return driver.all(
    `SELECT ${LIVE_COLUMNS}, ${MESSAGE_COLUMNS}, e.held_until
    FROM ringback_live AS d ${MESSAGE} ${ENDPOINT}
    WHERE ${where.sql} ORDER BY d.id DESC LIMIT ? + 0`,
    ...where.values,
    limit,
  )
}

function listDone(driver: SqlDriver, filter: PageFilter): readonly SqlRow[] {
  const { id, owner, state, limit = 100 } = filter
  const isFailed = state !== undefined && state !== 'delivered'
  // by name, since SQLite does not know that most deliveries are delivered, and few are of another state
  const index = isFailed && id === undefined && owner === undefined
  const where = joinConditions([
    ...commonConditions(filter),
    condition('d.state = ?', state),
    isFailed ? { sql: "d.state <> 'delivered'", values: [] } : undefined,
    condition('d.reason = ?', filter.reason),
  ])
  return driver.all(
    `SELECT ${DONE_COLUMNS}, ${MESSAGE_COLUMNS}
    FROM ringback_done AS d ${index ? 'INDEXED BY ringback_done_failed' : ''} ${MESSAGE}
    WHERE ${where.sql} ORDER BY d.id DESC LIMIT ? + 0`,
    ...where.values,
    limit,
  )
}

function commonConditions({
  id,
  owner,
  endpoint,
  operationId,
  callback,
  since,
  until,
  cursor,
  end,
}: PageFilter) {
  return [
    condition('d.id = ?', id),
    condition('d.id < ?', cursor),
    condition('d.id >= ?', end),
    condition('d.owner = ?', owner),
    condition('d.endpoint = ?', endpoint),
    condition('m.operation_id = ?', operationId),
    condition('m.callback = ?', callback),
    condition('m.created_at >= ?', since),
    condition('m.created_at < ?', until),
  ]
}
