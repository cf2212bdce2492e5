import type { ExchangePlace, KeptExchange } from '@ringback/sender'
import { StoreError } from './errors.ts'
import type { Place } from './query.ts'

/** Keeps an exchange; `false` when one is kept in its place already. */
export async function keepExchange(
  { driver, s, now }: Place,
  { owner, operationId, key, ...rest }: KeptExchange,
): Promise<boolean> {
  const rows = await driver.run(
    `INSERT INTO ${s}.exchange (owner, operation_id, key, kept_at, exchange)
    VALUES ($1, $2, $3, ${s}.now_v1($4::float8), $5) ON CONFLICT DO NOTHING RETURNING key`,
    [owner, operationId, key, now(), JSON.stringify(rest)],
  )
  return rows.length === 1
}

/**
 * Finds a kept exchange.
 *
 * @throws {StoreError} `corrupt` when another program has changed it so that it cannot be read
 */
export async function findExchange(
  { driver, s }: Place,
  { owner, operationId, key }: ExchangePlace,
): Promise<KeptExchange | undefined> {
  const [row] = await driver.run(
    `SELECT exchange FROM ${s}.exchange WHERE owner = $1 AND operation_id = $2 AND key = $3`,
    [owner, operationId, key],
  )
  if (row === undefined) return undefined
  try {
    // written by `keepExchange`
    const rest: Omit<KeptExchange, keyof ExchangePlace> = JSON.parse(String(row.exchange))
    return { owner, operationId, key, ...rest }
  } catch {
    throw new StoreError(
      'corrupt',
      `the exchange kept under '${key}' cannot be read, since another program has changed it: restore it, or erase the exchange`,
    )
  }
}
