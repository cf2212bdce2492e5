import type { Delivery } from '@ringback/core'
import { expect, it } from 'vitest'
import { toDelivery } from './apply-change.ts'

// does not compile when a member is added to Delivery and is missing here
const WHOLE: Required<Delivery> = {
  id: 'msg_1',
  state: 'scheduled',
  owner: 'ann',
  operationId: 'postOrders',
  callback: 'paid',
  method: 'post',
  url: 'https://a.example/',
  endpoint: 'https://a.example',
  reason: 'exhausted',
  detail: 'the receiver responded 500',
  attemptCount: 1,
  createdAt: 1,
  dueAt: 2,
  expiresAt: 3,
  orderKey: 'a',
  dedupeKey: 'b',
  redriveOf: 'msg_0',
  exchangeKey: 'c',
}

it('shows every member of a delivery, and no more', () => {
  const stored = {
    ...WHOLE,
    payload: new Uint8Array(),
    refusals: 1,
    settings: { finalStatuses: [409] },
  }
  expect(toDelivery(stored)).toEqual(WHOLE)
})
