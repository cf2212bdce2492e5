import { SenderError } from '../errors.ts'
import type { DeliveryStore } from '../store/delivery-store.ts'
import type { EndpointStore } from '../store/endpoint-store.ts'

/**
 * Gives the endpoints of a store.
 *
 * @throws {SenderError} with `option` for a store that keeps none
 */
export function storeOf({ endpoints }: Partial<Pick<DeliveryStore, 'endpoints'>>): EndpointStore {
  // one of an older version lacks them, despite its type
  if (endpoints) return endpoints
  throw new SenderError(
    'option',
    'the store keeps no endpoints: use one that does, such as sqliteStore',
  )
}
