import type { DeadReason, DeliveryState } from '@ringback/core'
import { COUNT, checkMembers, FLAG, oneOf, type Rule, TEXT, TIME } from '../check-members.ts'
import type { DeliveryFilter } from '../store/delivery-store.ts'
import type { StatsFilter } from '../store/stats/stored-stats.ts'

// the compiler compares them with the types
const STATES = {
  scheduled: 1,
  parked: 1,
  sending: 1,
  delivered: 1,
  dead: 1,
  cancelled: 1,
  unresolvable: 1,
  skipped: 1,
  staged: 1,
} satisfies Record<DeliveryState, 1>
const REASONS = {
  blocked: 1,
  gone: 1,
  rejected: 1,
  exhausted: 1,
  expired: 1,
  internal: 1,
} satisfies Record<DeadReason, 1>

/** The rule of the reason of dead deliveries. */
export const REASON: Rule = oneOf(REASONS)

const FILTER = {
  id: TEXT,
  state: oneOf(STATES),
  reason: REASON,
  owner: TEXT,
  endpoint: TEXT,
  operationId: TEXT,
  callback: TEXT,
  since: TIME,
  until: TIME,
  cursor: TEXT,
  limit: COUNT,
} satisfies Record<keyof DeliveryFilter, Rule>
type Every = NonNullable<StatsFilter['every']>
const STATS = {
  owner: TEXT,
  callback: TEXT,
  endpoint: TEXT,
  since: TIME,
  every: oneOf({ minute: 1, hour: 1, day: 1 } satisfies Record<Every, 1>),
  held: FLAG,
} satisfies Record<keyof StatsFilter, Rule>

/**
 * Gives a filter of members that exist, in which every one has a value of its type. A misspelled one, or one that is
 * `undefined`, such as the owner of a caller who is not known, would select the deliveries of everybody.
 *
 * @throws {SenderError} with `option`
 */
export function checkFilter<TFilter extends DeliveryFilter | StatsFilter | undefined>(
  filter: TFilter,
  place: 'deliveries' | 'stats',
): TFilter {
  if (filter !== undefined) checkMembers(place, filter, place === 'deliveries' ? FILTER : STATS)
  return filter
}
