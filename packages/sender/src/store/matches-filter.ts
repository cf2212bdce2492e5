import type { Delivery } from '@ringback/core'
import type { DeliveryFilter } from './delivery-store.ts'

/** Tells whether a delivery, as it is shown, is one that a filter selects. */
export function matchesFilter(delivery: Delivery, filter: DeliveryFilter): boolean {
  const { id, state, reason, owner, endpoint, operationId, callback } = filter
  const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY, cursor } = filter
  const { createdAt } = delivery
  return (
    isGiven(id, delivery.id) &&
    isGiven(state, delivery.state) &&
    isGiven(reason, delivery.reason) &&
    isGiven(owner, delivery.owner) &&
    isGiven(endpoint, delivery.endpoint) &&
    isGiven(operationId, delivery.operationId) &&
    isGiven(callback, delivery.callback) &&
    createdAt >= since &&
    createdAt < until &&
    (cursor === undefined || delivery.id < cursor)
  )
}

function isGiven(wanted: string | undefined, actual: string | undefined): boolean {
  return wanted === undefined || wanted === actual
}
