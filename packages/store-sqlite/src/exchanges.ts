import type { DatabaseSync } from 'node:sqlite'
import type { EraseExchangesOptions, ExchangePlace, KeptExchange } from '@ringback/sender'
import { condition, joinConditions } from './conditions.ts'
import { truncateLog } from './truncate-log.ts'

/** The exchanges that outlive their request. */
export interface Exchanges {
  /** Keeps an exchange, in a transaction; `false` when one is kept in its place already. */
  keep(exchange: KeptExchange, now: number): boolean
  find(place: ExchangePlace): KeptExchange | undefined
  /** Erases exchanges, and gives how many. */
  erase(erasure: EraseExchangesOptions): number
}

/** Prepares the statements on the exchanges. */
export function prepareExchanges(database: DatabaseSync): Exchanges {
  const insert = database.prepare(`
    INSERT INTO ringback_exchange (owner, operation_id, key, kept_at, exchange)
    VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`)
  const select = database.prepare(`
    SELECT exchange FROM ringback_exchange WHERE owner = ? AND operation_id = ? AND key = ?`)

  return {
    keep({ owner, operationId, key, ...rest }, now) {
      return insert.run(owner, operationId, key, now, JSON.stringify(rest)).changes === 1
    },

    find({ owner, operationId, key }) {
      const row = select.get(owner, operationId, key)
      if (row === undefined) return undefined
      // written by `keep`
      const rest: Omit<KeptExchange, keyof ExchangePlace> = JSON.parse(String(row.exchange))
      return { owner, operationId, key, ...rest }
    },

    erase({ owner, key, keptBefore, limit = -1 }) {
      const where = joinConditions([
        condition('owner = ?', owner),
        condition('key = ?', key),
        condition('kept_at < ?', keptBefore),
      ])
      const { changes } = database
        .prepare(`
          DELETE FROM ringback_exchange WHERE (owner, key, operation_id) IN (
            SELECT owner, key, operation_id FROM ringback_exchange WHERE ${where.sql} LIMIT ?)`)
        .run(...where.values, limit)
      // only where erasing was asked for, since retention does it all the time
      if (changes !== 0 && keptBefore === undefined) truncateLog(database)
      return Number(changes)
    },
  }
}
