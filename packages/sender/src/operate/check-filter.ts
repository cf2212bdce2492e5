import { refuseUndefined } from '../endpoints/check-scope.ts'
import { SenderError } from '../errors.ts'
import { refuseUnknown } from '../refuse-unknown.ts'
import type { DeliveryFilter } from '../store/delivery-store.ts'
import type { StatsFilter } from '../store/stats/stored-stats.ts'

const KINDS = {
  text: { is: (value: unknown) => typeof value === 'string', name: 'text' },
  time: { is: Number.isFinite, name: 'milliseconds since the Unix epoch' },
  count: {
    is: (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0,
    name: 'a whole number from 0',
  },
  flag: { is: (value: unknown) => typeof value === 'boolean', name: 'true or false' },
} as const
type Kind = keyof typeof KINDS

// the compiler compares it with the type
const FILTER = {
  id: 'text',
  state: 'text',
  reason: 'text',
  owner: 'text',
  endpoint: 'text',
  operationId: 'text',
  callback: 'text',
  since: 'time',
  until: 'time',
  cursor: 'text',
  limit: 'count',
} satisfies Record<keyof DeliveryFilter, Kind>
const STATS = {
  owner: 'text',
  callback: 'text',
  endpoint: 'text',
  since: 'time',
  every: 'text',
  held: 'flag',
} satisfies Record<keyof StatsFilter, Kind>

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
  if (filter === undefined) return filter
  const kinds: ReadonlyMap<string, Kind> = new Map(
    Object.entries(place === 'deliveries' ? FILTER : STATS),
  )
  refuseUnknown(place, filter, [...kinds.keys()])
  refuseUndefined(filter, place)
  for (const [name, value] of Object.entries(filter)) {
    const { is, name: wanted } = KINDS[kinds.get(name) ?? 'text']
    if (is(value)) continue
    throw new SenderError('option', `${name} of ${place} is of another type: give ${wanted}`)
  }
  return filter
}
