import type { CountGroup, CountGroups } from './count-groups.ts'
import { LEVELS, rollUpsAt, startOf } from './levels.ts'
import { addCounts, addSpans, type StatsFilter, type StoredStats } from './stored-stats.ts'

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

const LENGTHS = { minute: LEVELS[0].length, hour: LEVELS[1].length, day: LEVELS[2].length }

/**
 * Adds up groups, and those of each span that the filter asks for; the beginning is that of the first, or of the minute
 * of `since`.
 */
export function sumGroups(
  groups: readonly CountGroup[],
  { since, every }: StatsFilter,
): Pick<StoredStats, 'since' | 'counts' | 'spans'> {
  const counts = new Map<string, number>()
  let first = startOf(since, LEVELS[0].length)
  for (const group of groups) {
    first = Math.min(first, group.at)
    addCounts(counts, group.counts)
  }
  if (every === undefined) return { since: first, counts }
  const spans = groups.map((group) => {
    const length = Math.max(group.length, LENGTHS[every])
    return { at: startOf(group.at, length), length, counts: group.counts }
  })
  return { since: first, counts, spans: addSpans(spans) }
}
