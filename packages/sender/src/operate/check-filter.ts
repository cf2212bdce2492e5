import { SenderError } from '../errors.ts'
import { refuseUnknown } from '../refuse-unknown.ts'
import type { DeliveryFilter } from '../store/delivery-store.ts'
import type { StatsFilter } from '../store/stats/stored-stats.ts'

// the compiler compares it with the type
const FILTER = {
  id: 1,
  state: 1,
  reason: 1,
  owner: 1,
  endpoint: 1,
  operationId: 1,
  callback: 1,
  since: 1,
  until: 1,
  cursor: 1,
  limit: 1,
} satisfies Record<keyof DeliveryFilter, 1>
const STATS = {
  owner: 1,
  callback: 1,
  endpoint: 1,
  since: 1,
  every: 1,
  held: 1,
} satisfies Record<keyof StatsFilter, 1>

/**
 * Gives a filter of members that exist, in which every one has a value. A misspelled one, or one that is
 * `undefined`, such as the owner of a caller who is not known, would select the deliveries of everybody.
 *
 * @throws {SenderError} with `option`
 */
export function checkFilter<TFilter extends DeliveryFilter | StatsFilter | undefined>(
  filter: TFilter,
  place: string,
): TFilter {
  const known = place === 'deliveries' ? FILTER : STATS
  refuseUnknown(place, filter ?? {}, Object.keys(known))
  const missing = Object.entries(filter ?? {}).find(([, value]) => value === undefined)
  if (missing === undefined) return filter
  throw new SenderError(
    'option',
    `${missing[0]} is undefined, which would select the deliveries of everybody: give a value, or leave '${missing[0]}' out`,
  )
}
