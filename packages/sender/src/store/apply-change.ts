import type { Delivery } from '@ringback/core'
import type { StoredDelivery } from './delivery-store.ts'

/** The members of a delivery that change with its state; those of the state that it leaves are dropped. */
export type StateChange = Pick<Delivery, 'state' | 'reason' | 'detail' | 'dueAt'> &
  Partial<Pick<StoredDelivery, 'attemptCount' | 'refusals'>>

/** An object that is built member by member. */
export type Writable<TObject> = { -readonly [TMember in keyof TObject]: TObject[TMember] }

/** Gives a stored delivery after a change; the members that belong to the state it leaves are dropped. */
export function applyChange(delivery: StoredDelivery, change: StateChange): StoredDelivery {
  const { payload, settings } = delivery
  const { refusals = delivery.refusals } = change
  const stored: Writable<StoredDelivery> = { ...toDelivery(delivery, change), payload, refusals }
  if (settings !== undefined) stored.settings = settings
  return stored
}

/**
 * Gives the public part of a delivery, as it is or after a change. Member by member: every delivery comes here
 * several times, and a rest pattern costs thirty times as much.
 */
export function toDelivery(from: Delivery, change: StateChange = from): Delivery {
  const { state, attemptCount = from.attemptCount, reason, detail, dueAt } = change
  const { id, owner, operationId, callback, method, createdAt } = from
  const { url, endpoint, expiresAt, orderKey, dedupeKey, redriveOf, exchangeKey } = from
  const basis = { id, state, owner, operationId, callback, method, attemptCount, createdAt }
  const delivery: Writable<Delivery> = basis
  if (url !== undefined) delivery.url = url
  if (endpoint !== undefined) delivery.endpoint = endpoint
  if (reason !== undefined) delivery.reason = reason
  if (detail !== undefined) delivery.detail = detail
  if (dueAt !== undefined) delivery.dueAt = dueAt
  if (expiresAt !== undefined) delivery.expiresAt = expiresAt
  if (orderKey !== undefined) delivery.orderKey = orderKey
  if (dedupeKey !== undefined) delivery.dedupeKey = dedupeKey
  if (redriveOf !== undefined) delivery.redriveOf = redriveOf
  if (exchangeKey !== undefined) delivery.exchangeKey = exchangeKey
  return delivery
}
