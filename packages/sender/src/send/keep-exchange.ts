import type { ExchangePlace, KeptExchange } from '@ringback/core'
import { SenderError } from '../errors.ts'
import type { DeliveryStore } from '../store/delivery-store.ts'
import { checkKey } from './check-send-options.ts'

type ExchangeStore = Pick<DeliveryStore, 'keepExchange' | 'findExchange'>

/**
 * Keeps an exchange, once.
 *
 * @throws {SenderError} with `kept` where one is kept under that key already, `option` for a key that cannot be
 */
export async function keepExchange(store: ExchangeStore, exchange: KeptExchange): Promise<void> {
  checkKey('the key of a kept exchange', exchange.key)
  if (!(await store.keepExchange(exchange))) throw kept(exchange)
}

/** Fails as `keepExchange` would now. */
export async function checkExchangePlace(
  store: ExchangeStore,
  place: ExchangePlace,
): Promise<void> {
  checkKey('the key of a kept exchange', place.key)
  if (await store.findExchange(place)) throw kept(place)
}

function kept({ owner, operationId, key }: ExchangePlace): SenderError {
  return new SenderError(
    'kept',
    `an exchange of '${operationId}' is kept under '${key}' for the owner '${owner}' already, and is never overwritten: take another key, or forget({ key, owner }) before, which forgets that of every operation`,
  )
}
