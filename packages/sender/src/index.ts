export type { DeadReason, Delivery, DeliveryState } from '@ringback/core'
export { type Clock, systemClock } from './clock.ts'
export { checkAddress } from './egress/check-address.ts'
export { checkUrl } from './egress/check-url.ts'
export { EgressError, type EgressErrorCode } from './egress/errors.ts'
export type { GuardedFetch } from './egress/guarded-fetch.ts'
export type { EgressPolicy } from './egress/policy.ts'
export type { EgressRefusalCode, EgressVerdict } from './egress/verdict.ts'
export { SenderError, type SenderErrorCode } from './errors.ts'
export type { DeliveryEvent, DeliveryListener } from './events.ts'
export { type MemoryStoreOptions, memoryStore } from './memory-store.ts'
export type { Secrets } from './secrets.ts'
export { createSender, type Sender, type SenderOptions } from './sender.ts'
export type {
  Attempt,
  Claim,
  ClaimedDelivery,
  DeliveryFilter,
  DeliveryRecord,
  DeliveryStore,
  LostLeases,
  StoredDelivery,
  Transition,
} from './store.ts'
