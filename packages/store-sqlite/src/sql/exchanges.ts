import type { ExchangePlace, KeptExchange } from '@ringback/sender'
import type { EraseExchangesOptions } from '@ringback/sender/store'
import { StoreError } from '../errors.ts'
import { condition, joinConditions } from './conditions.ts'
import type { SqlDriver } from './sql-driver.ts'

const INSERT = `
  INSERT INTO ringback_exchange (owner, operation_id, key, kept_at, exchange)
  VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
const SELECT =
  'SELECT exchange FROM ringback_exchange WHERE owner = ? AND operation_id = ? AND key = ?'
const BATCH = 200

/** Keeps an exchange, in a transaction; `false` when one is kept in its place already. */
export function keepExchange(
  driver: SqlDriver,
  { owner, operationId, key, ...rest }: KeptExchange,
  now: number,
): boolean {
  return driver.count(INSERT, owner, operationId, key, now, JSON.stringify(rest)) === 1
}

/**
 * Finds a kept exchange.
 *
 * @throws {StoreError} `corrupt` when another program has changed it so that it cannot be read
 */
export function findExchange(driver: SqlDriver, place: ExchangePlace): KeptExchange | undefined {
  const { owner, operationId, key } = place
  const row = driver.get(SELECT, owner, operationId, key)
  if (row === undefined) return undefined
  try {
    // written by `keepExchange`
    const rest: Omit<KeptExchange, keyof ExchangePlace> = JSON.parse(String(row.exchange))
    return { owner, operationId, key, ...rest }
  } catch {
    throw new StoreError(
      'corrupt',
      `the exchange kept under '${key}' cannot be read, since another program has changed it: restore a copy of the file, or erase the exchange`,
    )
  }
}

/** Erases some exchanges, and gives how many. */
export function eraseExchanges(
  driver: SqlDriver,
  { owner, key, age, limit = BATCH }: EraseExchangesOptions,
  now: number,
): number {
  const where = joinConditions([
    condition('owner = ?', owner),
    condition('key = ?', key),
    condition('kept_at < ?', age === undefined ? undefined : now - age),
  ])
  return driver.count(
    `DELETE FROM ringback_exchange WHERE (owner, key, operation_id) IN (
      SELECT owner, key, operation_id FROM ringback_exchange WHERE ${where.sql} LIMIT ? + 0)`,
    ...where.values,
    Math.min(limit, BATCH),
  )
}
