import type { ExchangePlace, KeptExchange } from '@ringback/core'
import { SenderError } from '../errors.ts'
import type { DeliveryStore } from '../store/delivery-store.ts'
import { checkKey, checkOwner } from './check-send-options.ts'

type ExchangeStore = Pick<DeliveryStore, 'keepExchange' | 'findExchange'>

const KEY = 'the key of a kept exchange'

/**
 * Keeps an exchange, once.
 *
 * @throws {SenderError} with `kept` when one is already kept under that key, `option` for an invalid key
 */
export async function keepExchange(store: ExchangeStore, exchange: KeptExchange): Promise<void> {
  checkOwner(exchange.owner)
  checkKey(KEY, exchange.key)
  if (!(await store.keepExchange(exchange))) throw alreadyKept(exchange)
}

/** Throws what `keepExchange` would throw now. */
export async function checkExchangePlace(
  store: ExchangeStore,
  place: ExchangePlace,
): Promise<void> {
  checkOwner(place.owner)
  checkKey(KEY, place.key)
  if (await store.findExchange(place)) throw alreadyKept(place)
}

function alreadyKept({ owner, operationId, key }: ExchangePlace): SenderError {
  return new SenderError(
    'kept',
    `an exchange of '${operationId}' is already kept under '${key}' for the owner '${owner}', and is never overwritten: use another key, or call forget({ key, owner }) first, which erases the exchanges of every operation under that key`,
  )
}
