import type { DeliveryStats } from '@ringback/sender'
import { wantsJson } from '../commands/output-options.ts'
import type { StatsOptions } from '../commands/stats.ts'
import { withStore } from '../commands/store-options.ts'
import { table } from '../terminal/table.ts'
import { print, printJson } from '../terminal/write.ts'
import { idleSender } from './idle-sender.ts'

/** Prints how it went since a time. */
export async function showStats(options: StatsOptions): Promise<void> {
  const { since, owner, callback, endpoint } = options
  const stats = await withStore(options, ({ store }) =>
    idleSender(store).stats({
      since,
      ...(owner !== undefined && { owner }),
      ...(callback !== undefined && { callback }),
      ...(endpoint !== undefined && { endpoint }),
    }),
  )
  if (wantsJson(options)) printJson(stats)
  else print(table([`since ${new Date(stats.since).toISOString()}`, 'value'], rowsOf(stats)))
}

function rowsOf({
  states,
  deaths,
  successRate,
  attempts,
  latency,
  oldestDue,
}: DeliveryStats): string[][] {
  const { scheduled, parked, sending, ...ended } = states
  return [
    ...Object.entries({ scheduled, parked, sending }).map(([name, count]) => [
      `${name} now`,
      `${count}`,
    ]),
    ...Object.entries(ended).map(([name, count]) => [name, `${count}`]),
    ...Object.entries(deaths).map(([reason, count]) => [`  dead: ${reason}`, `${count}`]),
    ...(successRate === undefined ? [] : [['success rate', percent(successRate)]]),
    ['attempts', `${attempts.total}`],
    ...Object.entries(attempts.outcomes).map(([outcome, count]) => [`  ${outcome}`, `${count}`]),
    ...Object.entries(latency ?? {}).map(([name, time]) => [`latency ${name}`, duration(time)]),
    ...(oldestDue === undefined ? [] : [['longest waiting', duration(oldestDue)]]),
  ]
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2).replace(/\.?0+$/, '')} %`
}

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  const seconds = milliseconds / 1000
  return seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`
}
