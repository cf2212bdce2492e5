import type { DatabaseSync } from 'node:sqlite'
import type { EraseExchangesOptions, ExchangePlace, KeptExchange } from '@ringback/sender'
import { truncateLog } from './erase.ts'

/** The exchanges that outlive their request. */
export interface Exchanges {
  /** `false` where one is kept in its place. To be used in a transaction. */
  keep(exchange: KeptExchange, now: number): boolean
  find(place: ExchangePlace): KeptExchange | undefined
  /** Gives how many. */
  erase(erasure: EraseExchangesOptions): number
}

/** Prepares what keeps, finds and erases them. */
export function createExchanges(database: DatabaseSync): Exchanges {
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
      // `keep` has written it
      const rest =
        row && (JSON.parse(String(row.exchange)) as Omit<KeptExchange, keyof ExchangePlace>)
      return rest && { owner, operationId, key, ...rest }
    },

    erase({ owner, key, keptBefore, limit = -1 }) {
      // only what is asked for, so that an index answers
      const asked = Object.entries({
        'owner =': owner,
        'key =': key,
        'kept_at <': keptBefore,
      }).flatMap(([condition, value]) => (value === undefined ? [] : [{ condition, value }]))
      const where = asked.map(({ condition }) => `${condition} ?`).join(' AND ')
      const { changes } = database
        .prepare(`
          DELETE FROM ringback_exchange WHERE (owner, key, operation_id) IN (
            SELECT owner, key, operation_id FROM ringback_exchange
            WHERE ${where || 'TRUE'} LIMIT ?)`)
        .run(...asked.map(({ value }) => value), limit)
      if (changes !== 0 && keptBefore === undefined) truncateLog(database)
      return Number(changes)
    },
  }
}
