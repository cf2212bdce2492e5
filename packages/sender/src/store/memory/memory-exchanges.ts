import type { ExchangePlace, KeptExchange } from '@ringback/core'
import type { DeliveryStore } from '../delivery-store.ts'
import type { StoreClock } from '../store-clock.ts'

type Exchanges = Pick<DeliveryStore, 'keepExchange' | 'findExchange' | 'eraseExchanges'>

/** Makes the methods of a store in memory that keep exchanges. */
export function createMemoryExchanges(clock: StoreClock): Exchanges {
  const kept = new Map<string, { readonly exchange: KeptExchange; readonly at: number }>()
  return {
    async keepExchange(exchange) {
      const place = placeKeyOf(exchange)
      if (kept.has(place)) return false
      kept.set(place, { exchange, at: clock.now() })
      return true
    },

    findExchange: async (place) => kept.get(placeKeyOf(place))?.exchange,

    async eraseExchanges({ owner, key, age, limit }) {
      const keptBefore = age === undefined ? Number.POSITIVE_INFINITY : clock.now() - age
      let erased = 0
      for (const [place, { exchange, at }] of kept) {
        if (erased === limit) break
        if (owner !== undefined && exchange.owner !== owner) continue
        if (key !== undefined && exchange.key !== key) continue
        if (at >= keptBefore) continue
        kept.delete(place)
        erased += 1
      }
      return erased
    },
  }
}

function placeKeyOf({ owner, operationId, key }: ExchangePlace): string {
  return JSON.stringify([owner, operationId, key])
}
