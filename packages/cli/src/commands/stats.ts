import type { DeliveryStats } from '@ringback/sender'
import { type Command, Option } from 'commander'
import { idleSender } from '../stores/idle-sender.ts'
import { table } from '../terminal/table.ts'
import { print, printJson } from '../terminal/write.ts'
import { addOutputOptions, type OutputOptions, wantsJson } from './output-options.ts'
import { addStoreOptions, parseTime, type StoreOptions, withStore } from './store-options.ts'

interface StatsOptions extends StoreOptions, OutputOptions {
  readonly since: number
  readonly owner?: string
  readonly callback?: string
  readonly endpoint?: string
}

/** Adds `stats`, which tells how it went since a time. */
export function addStatsCommand(program: Command): void {
  const command = program
    .command('stats')
    .summary('tell how many deliveries there are, how well they go, and how fast')
    .description(
      'Tells how many deliveries wait, were delivered or died since a time, how their attempts ended, and how long they took: over all processes on the store.',
    )
  const since = new Option('--since <time>', 'since a date, or a time ago such as 12h')
    .argParser(parseTime)
    .default(parseTime('24h'), '24h')
  addStoreOptions(command)
    .addOption(since)
    .option('--owner <owner>', 'those of an owner')
    .option('--callback <name>', 'those of a callback')
    .option('--endpoint <endpoint>', 'those to an origin, or to the id of a registered endpoint')
  addOutputOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ ringback stats --store data/callbacks.db
  $ ringback stats --store "$DATABASE_URL" --callback paid --since 1h --json`,
    )
    .action(showStats)
}

async function showStats(options: StatsOptions): Promise<void> {
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
