import { MESSAGE_COLUMNS } from './delivery-row.ts'
import type { SqlDriver, SqlRow } from './sql-driver.ts'

/** The columns of a delivery, wherever it is: those of the other table are NULL. */
export const LIVE_COLUMNS = `
  d.id, d.message, d.owner, d.endpoint, d.state, NULL AS reason, d.detail, d.attempts, d.refusals,
  d.due_at, d.expires_at, d.order_key, d.redrive_of, d.lease`
export const DONE_COLUMNS = `
  d.id, d.message, d.owner, d.endpoint, d.state, d.reason, d.detail, d.attempts, d.refusals,
  NULL AS due_at, d.expires_at, d.order_key, d.redrive_of, d.lease`

const FROM_LIVE = `FROM ringback_live AS d LEFT JOIN ringback_message AS m ON m.seq = d.message`
const FROM_DONE = `FROM ringback_done AS d LEFT JOIN ringback_message AS m ON m.seq = d.message`
const LIVE = `SELECT ${LIVE_COLUMNS}, ${MESSAGE_COLUMNS} ${FROM_LIVE} WHERE d.id = ?`
const DONE = `SELECT ${DONE_COLUMNS}, ${MESSAGE_COLUMNS} ${FROM_DONE} WHERE d.id = ?`
const CONTENT = 'SELECT settings, payload FROM ringback_message WHERE seq = ?'

/** Finds the row of a delivery, live or done, joined with its message, without its payload. */
export function findRow(driver: SqlDriver, id: string): SqlRow | undefined {
  return findLive(driver, id) ?? driver.get(DONE, id)
}

/** Finds the row of a delivery that is not final. */
export function findLive(driver: SqlDriver, id: string): SqlRow | undefined {
  return driver.get(LIVE, id)
}

/** Adds to a row what is sent. */
export function withContent(driver: SqlDriver, row: SqlRow): SqlRow {
  return { ...row, ...driver.get(CONTENT, Number(row.message)) }
}
