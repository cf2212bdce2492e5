import type { CountGroup, CountGroups } from './count-groups.ts'
import { LEVELS, rollUpsAt, startOf } from './levels.ts'
import type { StatsFilter } from './stored-stats.ts'

// loaded by whoever reads counts, not by those that only count

/** Adds what is old to longer spans, and drops what is too old. */
export function rollUpGroups(groups: CountGroups, now: number): void {
  for (const { length, before, to } of rollUpsAt(now)) {
    for (const group of groups.all()) {
      if (group.length !== length || group.at >= before) continue
      groups.remove(group)
      if (to !== undefined) groups.add({ ...group, at: startOf(group.at, to), length: to })
    }
  }
}

/** Lists the groups that a filter selects. */
export function selectGroups(
  groups: CountGroups,
  { owner, callback, endpoint, since }: StatsFilter,
): readonly CountGroup[] {
  return groups
    .all()
    .filter(
      (group) =>
        group.at + group.length > since &&
        (owner === undefined || group.owner === owner) &&
        (callback === undefined || group.callback === callback) &&
        (endpoint === undefined || group.endpoint === endpoint),
    )
}

/** Adds up groups; the beginning is that of the first, or of the minute of `since`. */
export function sumGroups(
  groups: Iterable<CountGroup>,
  since: number,
): { readonly since: number; readonly counts: Map<string, number> } {
  const counts = new Map<string, number>()
  let first = startOf(since, LEVELS[0].length)
  for (const group of groups) {
    first = Math.min(first, group.at)
    for (const [key, count] of group.counts) counts.set(key, (counts.get(key) ?? 0) + count)
  }
  return { since: first, counts }
}
