import type { DeliveryFilter, DeliveryRecord } from '@ringback/sender'
import { createStatement } from './conditions.ts'
import type { PostgresDriver, PostgresRow } from './driver.ts'
import { COLUMNS, toAttempt, toDelivery } from './row.ts'

/** A database, and the store's schema in it. */
export interface Place {
  readonly driver: PostgresDriver
  /** Quoted. */
  readonly s: string
  /** The time, where a clock was given; `null` for the server's. */
  now(): number | null
}

/** Lists the deliveries that a filter selects, newest first; they read as parked while their endpoint is held. */
export async function queryDeliveries(
  { driver, s, now }: Place,
  filter: DeliveryFilter,
): Promise<readonly DeliveryRecord[]> {
  const { state, cursor, limit = 100 } = filter
  const statement = createStatement()
  const at = `${s}.now_v1(${statement.bind(now())}::float8)`
  const isHeld = `coalesce(e.held_until, 0) > t.now`
  const ofState = () => {
    if (state === undefined) return 'TRUE'
    if (state === 'parked') return `d.state = 'scheduled' AND ${isHeld}`
    if (state === 'scheduled') return `d.state = 'scheduled' AND NOT ${isHeld}`
    const isFailed = state !== 'sending' && state !== 'delivered'
    // the conditions of the index
    const failed = isFailed ? `d.ended_at IS NOT NULL AND d.state <> 'delivered' AND ` : ''
    return `${failed}d.state = ${statement.bind(state)}`
  }
  const where = statement.where([
    ['d.id = ?', filter.id],
    ['d.id < ?', cursor],
    ['m.owner = ?', filter.owner],
    ['d.endpoint = ?', filter.endpoint],
    ['d.reason = ?', filter.reason],
    ['m.operation_id = ?', filter.operationId],
    ['m.callback = ?', filter.callback],
    ['m.created_at >= ?', filter.since],
    ['m.created_at < ?', filter.until],
  ])
  const rows = await driver.run(
    `WITH t AS MATERIALIZED (SELECT ${at} AS now)
    SELECT ${COLUMNS},
      CASE WHEN d.state = 'scheduled' AND ${isHeld} THEN 'parked' ELSE d.state END AS shown, (
        SELECT json_agg(a ORDER BY a.seq)::text FROM ${s}.attempt a WHERE a.delivery = d.id) AS log
    FROM t CROSS JOIN ${s}.delivery d JOIN ${s}.message m ON m.id = d.id
    LEFT JOIN ${s}.endpoint e ON e.owner = d.owner AND e.endpoint = d.endpoint
    WHERE ${where} AND ${ofState()} ORDER BY d.id DESC LIMIT ${statement.bind(limit)}::bigint`,
    statement.values,
  )
  return rows.map((row) => ({
    ...toDelivery({ ...row, state: row.shown }),
    attempts: readAttempts(row.log),
  }))
}

function readAttempts(log: unknown) {
  if (typeof log !== 'string') return []
  // written by json_agg
  const rows: readonly PostgresRow[] = JSON.parse(log)
  return rows.map(toAttempt)
}
