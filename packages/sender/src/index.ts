export type {
  DeadReason,
  Delivery,
  DeliveryState,
  ExchangePlace,
  KeptExchange,
  SendOptions,
} from '@ringback/core'
export { type Clock, systemClock } from './clock.ts'
export type { Endpoint, EndpointChange, EndpointLimits, NewEndpoint } from './endpoints/endpoint.ts'
export type {
  EndpointFilter,
  EndpointOwner,
  EndpointPage,
  Endpoints,
  RotateOptions,
  UpdateOptions,
} from './endpoints/endpoints.ts'
export { generateMasterKey } from './endpoints/generate-master-key.ts'
export { SenderError, type SenderErrorCode } from './errors.ts'
export type { DeliveryControls, ForgetFilter } from './operate/delivery-controls.ts'
export type { DeliveryStats, StatsSpan } from './operate/delivery-stats.ts'
export { describeDelivery } from './operate/describe-delivery.ts'
export type { DeliveryEvent, DeliveryListener, EventName } from './operate/events.ts'
export type { InspectedDelivery } from './operate/inspect-delivery.ts'
export type { Log } from './operate/log.ts'
export type { RecoverFilter, Recovery, ReplayFilter } from './operate/recover.ts'
export type { AttemptSpan, SendSpan, Tracer } from './operate/tracer.ts'
export type { SenderHealth } from './operate/watch-sender.ts'
export type { SenderOptions } from './options.ts'
export type {
  InTransaction,
  PayloadOf,
  PreparedPublish,
  Published,
  PublishedParts,
  Publishing,
  PublishOptions,
} from './send/publish.ts'
export { createSender, type HowToSend, type Sender } from './sender.ts'
export type { Attempt, AttemptReason, RecordedResponse } from './store/attempt.ts'
export type {
  Allotment,
  ClaimedDelivery,
  ClaimOptions,
  ClaimResult,
  CommitResult,
  CredentialPlace,
  DeliveryFilter,
  DeliveryRecord,
  DeliverySettings,
  DeliveryStore,
  DeliveryTransition,
  EnqueueResult,
  EraseExchangesOptions,
  EraseOptions,
  OwnerScope,
  StoredDelivery,
} from './store/delivery-store.ts'
export type { ReceiverReport } from './store/endpoint-health.ts'
export type {
  EndpointScope,
  EndpointStore,
  MessageRange,
  PublishResult,
  ReplayOptions,
  ReplayResult,
  StoredEndpointChange,
  StoredEndpointFilter,
  StoredMessage,
} from './store/endpoint-store.ts'
export { type MemoryStoreOptions, memoryStore } from './store/memory/memory-store.ts'
export type { RequestLimit, RequestLimits } from './store/request-limits.ts'
export type { StoreHealth } from './store/stats/store-health.ts'
export type {
  HeldEndpoint,
  StatsFilter,
  StoredSpan,
  StoredStats,
} from './store/stats/stored-stats.ts'
export type {
  DeliveryTarget,
  DisabledReason,
  SecretGeneration,
  StoredEndpoint,
} from './store/stored-endpoint.ts'
export type { TraceContext } from './store/trace-context.ts'
export { checkAddress } from './transport/egress/check-address.ts'
export { checkUrl } from './transport/egress/check-url.ts'
export { EgressError, type EgressErrorCode } from './transport/egress/errors.ts'
export type { EgressPolicy } from './transport/egress/policy.ts'
export type { EgressRefusal, EgressRefusalCode, EgressVerdict } from './transport/egress/verdict.ts'
export type { GuardedFetch } from './transport/guarded-fetch.ts'
export type { Retention } from './work/cleaner.ts'
export type { Credentials, GiveCredential } from './work/credentials.ts'
export type { Drained } from './work/drain.ts'
export type { RedactResponse } from './work/record-response.ts'
export type { SigningSecrets } from './work/secrets.ts'
