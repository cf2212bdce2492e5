import type { DeadReason, Delivery, DeliveryState } from '@ringback/core'

const STATES: Readonly<Record<Exclude<DeliveryState, 'dead'>, string>> = {
  skipped: 'the request asked for no callback',
  unresolvable: 'the request gives no usable callback URL',
  staged: 'the callback will be sent',
  scheduled: 'the callback will be sent',
  parked: 'the callback will be sent once its receiver has recovered',
  sending: 'the callback is being sent',
  delivered: 'the callback was delivered',
  cancelled: 'the callback was cancelled',
}

const REASONS: Readonly<Record<DeadReason, string>> = {
  blocked: 'the callback URL is not allowed',
  gone: 'the receiver wants no more callbacks',
  rejected: 'the receiver has refused the callback',
  exhausted: 'the receiver did not accept the callback',
  expired: 'the callback could not be delivered in time',
  internal: 'the callback could not be sent',
}

/**
 * Describes the state of a delivery in a sentence that anybody may read. Its `detail` is for operators only: it can
 * name an internal address, and would tell strangers where their URLs lead.
 *
 * @example
 * describeDelivery(await callbacks.paid.send({ amount: 12 })) // 'the callback will be sent'
 */
export function describeDelivery({ state, reason }: Pick<Delivery, 'state' | 'reason'>): string {
  return state === 'dead' ? REASONS[reason ?? 'internal'] : STATES[state]
}
