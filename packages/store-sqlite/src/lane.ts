import type { Delivery } from '@ringback/sender'
import type { Row } from './row.ts'

/** An endpoint of an owner; `''` for deliveries that have none. */
export interface EndpointKey {
  readonly owner: string
  readonly endpoint: string
}

/** The endpoint of a delivery with its order key: such deliveries are sent one after the other. */
export interface Lane extends EndpointKey {
  readonly orderKey: string | null
}

/** The lane of a delivery. */
export function laneOf(delivery: Pick<Delivery, 'owner' | 'endpoint' | 'orderKey'>): Lane {
  const { owner, endpoint = '', orderKey = null } = delivery
  return { owner, endpoint, orderKey }
}

/** The lane of the delivery in a row. */
export function laneOfRow({ owner, endpoint, order_key: orderKey }: Row): Lane {
  return {
    owner: String(owner),
    endpoint: String(endpoint),
    orderKey: typeof orderKey === 'string' ? orderKey : null,
  }
}
