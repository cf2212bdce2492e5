export { type Allowance, allowanceOf } from './allowance.ts'
export { applyChange, type StateChange, toDelivery } from './apply-change.ts'
export { applyEndpointChange } from './apply-endpoint-change.ts'
export {
  askShards,
  eraseFromShards,
  findInShards,
  type OnShardError,
  type ShardResults,
} from './ask-shards.ts'
export type { Attempt, AttemptReason, RecordedResponse } from './attempt.ts'
export { isFinal } from './delivery-keys.ts'
export type {
  Allotment,
  ClaimedDelivery,
  ClaimOptions,
  ClaimResult,
  CommitResult,
  DeliveryFilter,
  DeliveryRecord,
  DeliveryStore,
  DeliveryTransition,
  EnqueueResult,
  EraseExchangesOptions,
  EraseOptions,
  OwnerScope,
  StoredDelivery,
} from './delivery-store.ts'
export {
  type EndpointHealth,
  HELD_FOREVER,
  isHeld,
  type JudgeOptions,
  judgeEndpoint,
  type MinuteCount,
  type ReceiverReport,
  WELL,
} from './endpoint-health.ts'
export {
  ENDPOINT_COLUMNS,
  readEndpointRow,
  readJson,
  writeEndpointRow,
} from './endpoint-row.ts'
export {
  type EndpointScope,
  type EndpointStore,
  isInScope,
  type MessageRange,
  type PublishResult,
  type ReplayOptions,
  type ReplayResult,
  type StoredEndpointChange,
  type StoredEndpointFilter,
  type StoredMessage,
} from './endpoint-store.ts'
export { type End, EXPIRED, LOST, MOST_LOST_LEASES } from './ends.ts'
export { isSameDelivery } from './is-same-delivery.ts'
export {
  type FailureJudgement,
  judgeEndpointFailures,
} from './judge-endpoint-failures.ts'
export { matchesFilter } from './matches-filter.ts'
export {
  ENDPOINT_TAIL,
  isListening,
  publishedDelivery,
  publishedIdOf,
} from './published-delivery.ts'
export type { RequestLimit, RequestLimits } from './request-limits.ts'
export { type Room, roomOf, type Usage, withPace } from './room.ts'
export { type ShardedStoreOptions, shardedStore } from './sharded-store.ts'
export {
  type CountGroup,
  type CountGroups,
  type CountPlace,
  createCountGroups,
} from './stats/count-groups.ts'
export { attemptKey, endKey, latencyKey } from './stats/count-keys.ts'
export { LEVELS, type Level, type RollUp, rollUpsAt, startOf } from './stats/levels.ts'
export { selectGroups, sumGroups } from './stats/read-groups.ts'
export { joinHealth, type StoreHealth } from './stats/store-health.ts'
export {
  addStats,
  type HeldEndpoint,
  MOST_HELD,
  type StatsFilter,
  type StoredSpan,
  type StoredStats,
} from './stats/stored-stats.ts'
export { createStoreClock, type StoreClock } from './store-clock.ts'
export {
  type DeliveryTarget,
  type DisabledReason,
  ENDPOINT_PREFIX,
  type SecretGeneration,
  type StoredEndpoint,
} from './stored-endpoint.ts'
export { createTurns, isTurn, type TakeInTurnsOptions, type Turns, takeInTurns } from './turns.ts'
export { withoutNulls } from './without-nulls.ts'
